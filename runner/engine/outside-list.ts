import { appendFile, lstat, readFile, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

/** Path of the list of what a run's pages write beside their home, in the folder of its pages: one JSON object per line. */
export const outsideListOf = (pageFolder: string): string => join(pageFolder, 'outside')

/** Before a page's command that will write a file. */
interface Announced {
  path: string
  host: string
  /** Number of the folder of the pages in its file system: a copy of it has another. */
  folder: string
  /** Epoch milliseconds. */
  at: number
}
/** After a command: which file it is; '': none. */
interface Known {
  path: string
  file: string
}

/** Says that files are about to come into being. */
export async function announce(list: string, paths: readonly string[]): Promise<void> {
  const said = { host: hostname(), folder: await numberOf(dirname(list)), at: Date.now() }
  await append(
    list,
    paths.map((path): Announced => ({ path, ...said })),
  )
}

/** Says which files they are by now. */
export async function identify(list: string, paths: Iterable<string>): Promise<void> {
  await append(list, await Promise.all([...paths].map(async path => ({ path, file: await identityOf(path) }))))
}

/** Says that the command is still under way: what is born later is not of it. */
export const beat = (list: string): Promise<void> => utimes(list, new Date(), new Date()).catch(() => undefined)

/** How often a command that is under way says so, in milliseconds. */
export const beatEvery = 1_000

const append = (list: string, lines: readonly (Announced | Known)[]): Promise<void> =>
  appendFile(list, lines.map(line => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 })

const numberOf = async (folder: string): Promise<string> => `${(await stat(folder, { bigint: true })).ino}`

/** A file's own time, where the file system keeps none the one of its last change. */
const bornAt = ({ birthtimeMs, mtimeMs }: { birthtimeMs: number; mtimeMs: number }): number => birthtimeMs || mtimeMs

/** '': there is none, or it is a folder or a link. */
async function identityOf(path: string): Promise<string> {
  const found = await lstat(path).catch(() => null)
  return found?.isFile() ? `${found.dev} ${found.ino} ${bornAt(found)}` : ''
}

/** Clocks of file systems tick more coarsely than that of this process, in milliseconds. */
const tick = 20

/** What is there of a list, by whether it is proved that the pages made it: on this machine, and that very file, or one born while their command ran. */
export async function foundOf(list: string): Promise<{ path: string; proved: boolean }[]> {
  const text = await readFile(list, 'utf8').catch(() => '')
  if (text === '') return []
  const [folder, { mtimeMs: lastBeat }] = await Promise.all([numberOf(dirname(list)), stat(list)])
  const announced = new Map<string, Partial<Announced>>()
  const known = new Map<string, string>()
  for (const line of text.split('\n').flatMap(parsed)) {
    if (line.file === undefined) announced.set(line.path, line)
    else known.set(line.path, line.file)
  }
  const found = await Promise.all(
    [...announced].map(async ([path, { host, folder: then, at }]) => {
      const file = await lstat(path).catch(() => null)
      if (!file?.isFile()) return []
      const here = host === hostname() && then === folder
      const born = bornAt(file)
      const during = at !== undefined && born >= at - tick && born <= lastBeat + 2 * beatEvery
      const same = known.has(path) ? known.get(path) === (await identityOf(path)) : during
      return [{ path, proved: here && same && file.uid === (process.getuid?.() ?? file.uid) }]
    }),
  )
  return found.flat()
}

/** A list whose last line was being written is read as far as it goes. Those of older versions hold paths alone. */
function parsed(line: string): (Partial<Announced & Known> & { path: string })[] {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'string') return [{ path: value }]
    return typeof (value as Announced | null)?.path === 'string' ? [value as Announced & Partial<Known>] : []
  } catch {
    return []
  }
}

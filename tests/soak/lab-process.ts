import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openTarget, type Target } from '../../runner/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { linesOf, recordsIn } from '../records-in.ts'

const root = resolve(import.meta.dirname, '../..')

/** A folder with labs, in which `lab` is run as a process. */
export interface Folder {
  path: string
  /** `heard` gets all that was said so far, each time that there is more. */
  lab(args: readonly string[], env?: Record<string, string>, heard?: (out: string) => void): Promise<Ended>
  /** Talks to the folder's sandbox account while no process does. */
  account<T>(use: (target: Target) => Promise<T>): Promise<T>
  /** Everything in all accounts of the folder's sandbox, read from its disk: equal texts are equal accounts, byte for byte. */
  inventory(): Promise<string>
  /** Lines in the journals of all runs. */
  journalLines(): Promise<number>
  remove(): Promise<void>
}

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  out: string
}

/** @param from folder with the labs.yaml and the labs that are run; default: the repository's own */
export async function newFolder(from = root): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'accesslab-soak-'))
  await cp(join(from, 'labs.yaml'), join(path, 'labs.yaml'))
  await symlink(join(from, 'labs'), join(path, 'labs'))
  const home = join(path, 'home')
  return {
    path,
    lab: (args, env = {}, heard = () => undefined) =>
      new Promise(ended => {
        const child = spawn(process.execPath, [join(root, 'dist/lab.js'), ...args], {
          cwd: path,
          env: { PATH: process.env.PATH ?? '', HOME: home, USERPROFILE: home, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        let out = ''
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', chunk => {
            out += chunk
            heard(out)
          })
        child.on('close', (code, signal) => ended({ code, signal, out }))
      }),
    account: async use => {
      const sandbox = await startSandbox({ directory: join(path, '.lab', 'sandbox') })
      const [own, partner] = sandbox.accounts
      if (!own || !partner) throw new Error('the sandbox has two accounts')
      const target = await openTarget({
        name: 'sandbox',
        region: sandbox.region,
        endpoint: sandbox.endpoint,
        caller: own.admin,
        identities: { partner: partner.admin },
        environment: {},
      })
      try {
        return await use(target)
      } finally {
        target.close()
        await sandbox.close()
      }
    },
    inventory: async () => linesOf(await recordsIn(join(path, '.lab', 'sandbox'))).join('\n'),
    journalLines: async () => {
      const runs = join(path, '.lab', 'runs')
      const texts = await Promise.all(
        (await readdir(runs).catch(() => [])).map(run =>
          readFile(join(runs, run, 'journal.jsonl'), 'utf8').catch(() => ''),
        ),
      )
      return texts.join('').split('\n').filter(Boolean).length
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

/** Environment that ends a `lab` process at a line of its journal. */
export const killAt = (
  when: 'before' | 'after',
  line: number,
  signal?: NodeJS.Signals | 'rejection',
): Record<string, string> => ({
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'kill-at-line.mjs')).href}`,
  KILL_AT: `${when} ${line}`,
  ...(signal ? { KILL_SIGNAL: signal } : {}),
})

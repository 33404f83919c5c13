import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { main } from '../../cli/main.ts'
import type { World } from '../../cli/world.ts'

export const packageFolder = resolve(import.meta.dirname, '../..')

export interface Ran {
  exitCode: number
  stdout: string
  stderr: string
}

export interface Surroundings {
  env?: Record<string, string | undefined>
  cwd?: string
  /** Columns of a terminal that stdout and stderr are; not given: no terminal. */
  columns?: number
  /** What stands on standard input. */
  input?: string
  /** Of the program. */
  version?: string
}

/** A folder of its own, gone after the test; with `labs`, a copy of the catalogue that ships. */
export function temporaryFolder({ labs = false }: { labs?: boolean } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  if (labs)
    for (const name of ['labs.yaml', 'labs']) cpSync(join(packageFolder, name), join(folder, name), { recursive: true })
  return folder
}

/** Runs a command line in this process, with streams and variables of its own. */
export async function lab(
  argv: readonly string[],
  { env = {}, cwd, columns, input, version = '9.9.9' }: Surroundings = {},
): Promise<Ran> {
  const texts = { stdout: '', stderr: '' }
  const output = (name: keyof typeof texts) => ({
    isTTY: columns !== undefined,
    columns,
    write: (text: string) => {
      texts[name] += text
    },
  })
  const world: World = {
    argv,
    env: { HOME: '/nonexistent', ...env },
    cwd: cwd ?? temporaryFolder(),
    stdin: Readable.from(input === undefined ? [] : [Buffer.from(input)]),
    stdout: output('stdout'),
    stderr: output('stderr'),
    version,
    packageFolder,
    bin: join(packageFolder, 'dist', 'lab.js'),
    onInterrupt: () => () => {},
    onStray: () => () => {},
    kill: () => {},
  }
  return { exitCode: await main(world), ...texts }
}

import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bin } from './process.ts'

/** Python's standard library has the terminal that Node lacks. false: there is no python3 here, and nothing can be asked on a terminal. */
export const haveTerminal =
  process.platform !== 'win32' && spawnSync('python3', ['--version'], { stdio: 'ignore' }).status === 0

export interface Shown {
  exitCode: number
  /** All that stood on the terminal, what was typed included. */
  shown: string
}

/** Runs the bundle on a terminal as a person does. `talk`: what is typed once something is shown; `\u0003` is Ctrl-C, `\u0004` Ctrl-D. */
export async function onTerminal(
  argv: readonly string[],
  { cwd, env = {}, talk }: { cwd: string; env?: Record<string, string>; talk: readonly (readonly [string, string])[] },
): Promise<Shown> {
  const told = JSON.stringify({ talk, line: [process.execPath, bin, ...argv] })
  const { stdout } = await promisify(execFile)('python3', [join(import.meta.dirname, 'on-a-terminal.py'), told], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, TERM: 'xterm', AWS_EC2_METADATA_DISABLED: 'true', ...env },
    maxBuffer: 1 << 24,
  })
  return JSON.parse(stdout) as Shown
}

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { packageFolder } from '../world-for-tests.ts'

/** A process of its own, as a grader starts it; `heard` gets all that it has said so far. */
export function started(
  cwd: string,
  args: readonly string[],
  heard: (out: string, child: ChildProcess) => void = () => {},
  env: Readonly<Record<string, string>> = {},
) {
  const child = spawn(process.execPath, [join(packageFolder, 'dist/lab.js'), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      out += chunk
      heard(out, child)
    })
  return new Promise<{ code: number | null; signal: string | null; out: string }>(ended => {
    child.on('close', (code, signal) => ended({ code, signal, out }))
  })
}

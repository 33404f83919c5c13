import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageFolder } from './world-for-tests.ts'

export const bin = join(packageFolder, 'dist', 'lab.js')

export interface Ended {
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface Started {
  child: ChildProcess
  /** Resolves when this text has come on stdout. */
  says(text: string): Promise<void>
  ended: Promise<Ended>
}

/** Starts the bundle as a person does, with no variable but PATH, HOME and those given. */
export function startLab(
  argv: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Started {
  const child = spawn(process.execPath, [bin, ...argv], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { stdout: '', stderr: '' }
  const waiting: { text: string; resolve: () => void }[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text
    for (const each of waiting) if (texts.stdout.includes(each.text)) each.resolve()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text
  })
  return {
    child,
    says: text =>
      new Promise((resolve, reject) => {
        if (texts.stdout.includes(text)) return resolve()
        waiting.push({ text, resolve })
        child.once('close', () => reject(new Error(`ended without saying ${text}: ${texts.stdout}${texts.stderr}`)))
      }),
    ended: new Promise(resolve => child.once('close', exitCode => resolve({ exitCode, ...texts }))),
  }
}

export const labProcess = (
  argv: readonly string[],
  where: { cwd: string; env?: Record<string, string> },
): Promise<Ended> => startLab(argv, where).ended

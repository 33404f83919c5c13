import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { environmentError } from '../../lab-error.ts'
import { driver } from './driver.ts'

export interface ShellOptions {
  /** Of the session's own: what commands print goes through it, so it is to be removed after. */
  folder: string
  /** Where a shell begins. */
  cwd: string
  /** All that the shell is given. */
  env: Readonly<Record<string, string>>
}

/** How long a shell that was told to end may take, in milliseconds, before it is killed. */
const grace = 2_000

/** One process of Bash, with the group of processes that it starts. */
export class Shell {
  readonly #child: ChildProcess
  readonly #requests: Writable
  #waiting: ((code: number) => void) | null = null
  /** Resolves when the process has ended. */
  readonly gone: Promise<number | null>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#requests = child.stdio[3] as Writable
    this.#requests.on('error', () => undefined)
    // What the driver itself would say is of no use to anybody; unread it would fill the pipe.
    child.stderr?.resume()
    child.stdout?.resume()
    const answers = createInterface({ input: child.stdio[4] as Readable })
    answers.on('line', line => this.#waiting?.(Number(line.split(' ')[1])))
    this.gone = once(child, 'exit').then(([code]) => code as number | null)
  }

  /** @throws LabError (environment) where there is no bash */
  static async start({ folder, cwd, env }: ShellOptions): Promise<Shell> {
    await mkdir(cwd, { recursive: true, mode: 0o700 })
    const child = spawn('bash', ['--noprofile', '--norc', '-c', driver, 'bash', folder], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    })
    try {
      await once(child, 'spawn')
    } catch (error) {
      throw environmentError(
        `bash cannot be run: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`,
        'pages are run by bash: install it',
        { cause: error },
      )
    }
    return new Shell(child)
  }

  /** Has the command of a number evaluated. `ended`: the shell itself ended with it. */
  async command(number: number): Promise<{ exitCode: number | null; ended: boolean }> {
    const answer = new Promise<number>(resolve => {
      this.#waiting = resolve
    })
    this.#requests.write(`${number}\n`)
    return Promise.race([
      answer.then(exitCode => ({ exitCode, ended: false })),
      this.gone.then(exitCode => ({ exitCode, ended: true })),
    ])
  }

  /** Ends the whole group; what does not heed it in time is killed. */
  end(): void {
    this.#signal('SIGTERM')
    const timer = setTimeout(() => this.#signal('SIGKILL'), grace)
    timer.unref()
    void this.gone.then(() => {
      clearTimeout(timer)
      this.#signal('SIGKILL')
    })
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(-pid, signal)
    } catch {
      // Nobody is left in the group.
    }
  }
}

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readOutput } from './read-output.ts'
import { Shell, type ShellOptions } from './shell.ts'

export interface CommandResult {
  /** `ended`: it ended the shell itself (`exit`, `set -e`, `exec`); a new one goes on. */
  end: 'done' | 'ended' | 'timeout' | 'interrupted'
  /** null: it was killed. */
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface SessionOptions extends ShellOptions {
  signal: AbortSignal
}

/** One Bash for all the commands of a run: what one sets, the next one finds. Commands that read standard input get nothing. */
export class BashSession {
  readonly #options: SessionOptions
  #shell: Shell | null = null
  #count = 0

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /**
   * Runs a command to its end, or to its time limit in milliseconds: then it is killed, with all that the shell has started, and the next one
   * finds a new shell with the variables of before.
   *
   * @throws LabError (environment) where there is no bash
   */
  async run(text: string, timeout: number): Promise<CommandResult> {
    const { folder, signal } = this.#options
    this.#count += 1
    const number = this.#count
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(join(folder, `${number}.sh`), `${text}\n`, { mode: 0o600 })
    this.#shell ??= await Shell.start(this.#options)
    const shell = this.#shell
    let stopped: 'timeout' | 'interrupted' | null = null
    const stop = (why: 'timeout' | 'interrupted') => {
      stopped ??= why
      shell.end()
    }
    const timer = setTimeout(stop, timeout, 'timeout')
    const interrupt = () => stop('interrupted')
    signal.addEventListener('abort', interrupt, { once: true })
    if (signal.aborted) interrupt()
    try {
      const { exitCode, ended } = await shell.command(number)
      if (ended) {
        shell.end()
        this.#shell = null
      }
      const end: CommandResult['end'] = stopped ?? (ended ? 'ended' : 'done')
      return {
        end,
        exitCode: stopped === null ? exitCode : null,
        stdout: await readOutput(join(folder, `${number}.out`)),
        stderr: await readOutput(join(folder, `${number}.err`)),
      }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', interrupt)
    }
  }

  /** Ends the shell and all that it started. */
  async close(): Promise<void> {
    const shell = this.#shell
    this.#shell = null
    shell?.end()
    await shell?.gone
  }
}

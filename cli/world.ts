import { fileURLToPath } from 'node:url'

/** Where text goes. `columns` is undefined where it is not a terminal. */
export interface Output {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
}

/** All that a command knows of the outside: tests give their own. */
export interface World {
  /** Arguments without node and the script. */
  argv: readonly string[]
  /** Live: a file beside labs.yaml adds to it, the sandbox target takes the person's AWS variables out. */
  env: Record<string, string | undefined>
  cwd: string
  stdin: NodeJS.ReadableStream & { isTTY?: boolean | undefined }
  stdout: Output
  stderr: Output
  version: string
  /** The folder with the labs.yaml and the labs that ship. */
  packageFolder: string
  /** Script that starts this program again, for the sandbox's own process. */
  bin: string
  /** Calls back at each Ctrl-C or SIGTERM; gives the function that stops it. */
  onInterrupt(callback: (signal: 'SIGINT' | 'SIGTERM') => void): () => void
  /**
   * Calls the callback given last back with whatever a promise is rejected with that nobody waits for; gives the function that hands back to
   * the one before it.
   */
  onStray(callback: (thrown: unknown) => void): () => void
  /** Ends the process at once. */
  kill(exitCode: number): void
}

const takers: ((thrown: unknown) => void)[] = []

function onStray(callback: (thrown: unknown) => void): () => void {
  if (takers.length === 0)
    process.on('unhandledRejection', thrown => {
      // Whatever is still waited for may never come, and an end without a word is none.
      process.exitCode = 3
      takers.at(-1)?.(thrown)
    })
  takers.push(callback)
  return () => void takers.splice(takers.lastIndexOf(callback), 1)
}

/** The process's own. `entry` is the URL of the bin, one folder below the package's. */
export const worldOf = (argv: readonly string[], entry: string, version: string): World => ({
  argv,
  env: process.env,
  cwd: process.cwd(),
  // Opening one takes longer than all else that a short command does.
  get stdin() {
    return process.stdin
  },
  get stdout() {
    return process.stdout
  },
  get stderr() {
    return process.stderr
  },
  version,
  packageFolder: fileURLToPath(new URL('..', entry)),
  bin: fileURLToPath(entry),
  onInterrupt(callback) {
    process.on('SIGINT', callback)
    process.on('SIGTERM', callback)
    return () => {
      process.off('SIGINT', callback)
      process.off('SIGTERM', callback)
    }
  },
  onStray,
  kill: exitCode => process.exit(exitCode),
})

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
  /** Ends the process at once. */
  kill(exitCode: number): void
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
  kill: exitCode => process.exit(exitCode),
})

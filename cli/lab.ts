#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import { asksForHelp, asksForVersion, generalHelp } from './help.ts'
import type { World } from './world.ts'

/** Put in by the build. */
declare const ACCESSLAB_VERSION: string

const argv = process.argv.slice(2)
if (asksForVersion(argv)) process.stdout.write(`${ACCESSLAB_VERSION}\n`)
else if (asksForHelp(argv)) process.stdout.write(generalHelp())
else await start()

/** Everything that costs time is loaded only now. */
async function start(): Promise<void> {
  // Node 20 has no compile cache; where there is one it saves a third of a cold start.
  ;(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.()
  // `lab list | head` closes the pipe: that is not an error of ours.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })
  const { main } = await import('./main.ts')
  process.exitCode = await main(theWorld())
}

function theWorld(): World {
  return {
    argv,
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    version: ACCESSLAB_VERSION,
    packageFolder: fileURLToPath(new URL('..', import.meta.url)),
    bin: fileURLToPath(import.meta.url),
    onInterrupt(callback) {
      process.on('SIGINT', callback)
      process.on('SIGTERM', callback)
      return () => {
        process.off('SIGINT', callback)
        process.off('SIGTERM', callback)
      }
    },
    kill: exitCode => process.exit(exitCode),
  }
}

#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { asksForHelp, asksForVersion, generalHelp } from './help.ts'

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
  const [{ main }, { worldOf }] = await Promise.all([import('./main.ts'), import('./world.ts')])
  process.exitCode = await main(worldOf(argv, import.meta.url, ACCESSLAB_VERSION))
}

#!/usr/bin/env node
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { resolve } from 'node:path'
import { asksForHelp, asksForVersion, generalHelp } from './help.ts'

/** Put in by the build. */
declare const ACCESSLAB_VERSION: string

// `lab run LAB 2>&1 | head` closes the pipe: no error of ours, and no reason to leave a run half made.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })

const argv = process.argv.slice(2)
if (asksForVersion(argv)) process.stdout.write(`${ACCESSLAB_VERSION}\n`)
else if (asksForHelp(argv)) process.stdout.write(generalHelp())
else await start()

/** Everything that costs time is loaded only now. */
async function start(): Promise<void> {
  // Newer Nodes keep compiled code, in .lab only: nothing is written outside of it, and none is made for this.
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => void }
  if (existsSync('.lab')) enableCompileCache?.(resolve('.lab', 'cache'))
  const [{ main }, { worldOf }] = await Promise.all([import('./main.ts'), import('./world.ts')])
  process.exitCode = await main(worldOf(argv, import.meta.url, ACCESSLAB_VERSION))
}

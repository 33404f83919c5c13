#!/usr/bin/env node
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asksForHelp, asksForVersion, generalHelp } from './help.ts'
import { loadBundle } from './load-bundle.ts'
import { plainCommandLine } from './plain/command-line.ts'
import { worldOf } from './world.ts'

/** Put in by the build: the last two are the files of the other bundles, which bear their hashes. */
declare const ACCESSLAB_VERSION: string
declare const ACCESSLAB_MAIN: string
declare const ACCESSLAB_PLAIN: string

// `lab run LAB 2>&1 | head` closes the pipe: no error of ours, and no reason to leave a run half made.
const mayClose = (stream: NodeJS.WriteStream): void => {
  stream.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })
}

const argv = process.argv.slice(2)
mayClose(process.stdout)
if (asksForVersion(argv)) process.stdout.write(`${ACCESSLAB_VERSION}\n`)
else if (asksForHelp(argv)) process.stdout.write(generalHelp())
else void start()

/** Everything that costs time is loaded only now. */
async function start(): Promise<void> {
  // Newer Nodes keep compiled code, in .lab only: nothing is written outside of it, and none is made for this.
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => void }
  if (existsSync('.lab')) enableCompileCache?.(resolve('.lab', 'cache'))
  const world = worldOf(argv, import.meta.url, ACCESSLAB_VERSION)
  const plain = plainCommandLine(argv)
  const exitCode = plain && (await load<typeof import('./plain/run-plain.ts')>(ACCESSLAB_PLAIN).runPlain(world, plain))
  if (exitCode !== null) {
    process.exitCode = exitCode
    return
  }
  mayClose(process.stderr)
  process.exitCode = await load<typeof import('./main.ts')>(ACCESSLAB_MAIN).main(world)
}

function load<Bundle>(file: string): Bundle {
  return loadBundle(fileURLToPath(new URL(file, import.meta.url)))
}

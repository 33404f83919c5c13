import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { environmentError } from '../../runner/lab-error.ts'
import { withoutAws } from '../aws-variables.ts'
import type { World } from '../world.ts'
import { runningServer, type ServerFile } from './server-file.ts'

export interface SpawnOptions {
  sandboxFolder: string
  /** Arguments after `sandbox serve`. */
  args: readonly string[]
}

const longestStart = 15_000

/** Starts a serving process of its own and waits until it answers. @throws LabError (3) with what it said when it ended instead */
export async function spawnServer(world: World, { sandboxFolder, args }: SpawnOptions): Promise<ServerFile> {
  mkdirSync(sandboxFolder, { recursive: true, mode: 0o700 })
  const errors = join(sandboxFolder, 'server.err')
  const errorFile = openSync(errors, 'w', 0o600)
  const child = spawn(process.execPath, [world.bin, 'sandbox', 'serve', ...args], {
    cwd: world.cwd,
    env: withoutAws(world.env),
    detached: true,
    stdio: ['ignore', 'ignore', errorFile],
    windowsHide: true,
  })
  closeSync(errorFile)
  let ended: string | null = null
  child.on('error', error => {
    ended = error.message
  })
  child.on('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `status ${code}`}`
  })
  for (const begun = Date.now(); Date.now() - begun < longestStart; await sleep(20)) {
    const server = await runningServer(sandboxFolder)
    if (server !== null && server.pid === child.pid) {
      child.unref()
      return server
    }
    if (ended !== null) {
      const said = /^lab: (?<message>.*)(?:\n +hint: (?<hint>.*))?/.exec(readFileSync(errors, 'utf8'))?.groups
      throw environmentError(`the sandbox did not start: ${said?.message ?? ended}`, said?.hint ?? null)
    }
  }
  child.kill()
  throw environmentError(`the sandbox did not answer within ${longestStart / 1000} s`, `see ${errors}`)
}

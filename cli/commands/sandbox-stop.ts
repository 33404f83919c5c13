import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { environmentError } from '../../runner/lab-error.ts'
import type { Command } from '../command.ts'
import { credentialsFileOf } from '../sandbox-server/exports.ts'
import { lives, readServerFile, removeServerFile, runningServer } from '../sandbox-server/server-file.ts'
import { writeJson } from '../show/paper.ts'
import { findWorkplace } from '../workplace.ts'

const longestStop = 10_000

/** `lab sandbox stop`: what the account holds stays. Nothing running is not an error. */
export const sandboxStop: Command = async (world, _args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const server = await runningServer(sandboxFolder)
  if (server !== null) await end(server.pid)
  else {
    const stale = readServerFile(sandboxFolder)
    if (stale) removeServerFile(sandboxFolder, stale.pid)
  }
  rmSync(credentialsFileOf(sandboxFolder), { force: true })
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, running: false, stopped: server !== null })
  else
    world.stdout.write(
      server === null ? 'the sandbox was not running\n' : `the sandbox has stopped (process ${server.pid})\n`,
    )
  return 0
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM')
  for (const begun = Date.now(); Date.now() - begun < longestStop; await sleep(20)) if (!lives(pid)) return
  throw environmentError(`process ${pid} of the sandbox does not end`, `end it by hand: kill ${pid}`)
}

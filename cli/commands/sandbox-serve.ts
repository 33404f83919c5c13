import { startSandbox } from '../../sandbox/index.ts'
import type { Command } from '../command.ts'
import { removeServerFile, writeServerFile } from '../sandbox-server/server-file.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab sandbox serve`: serve in the foreground until a signal comes. `sandbox start` runs it in the background. */
export const sandboxServe: Command = async (world, _args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const interrupted = new Promise<void>(resolve => {
    world.onInterrupt(() => resolve())
  })
  const sandbox = await startSandbox({ directory: sandboxFolder, region: options.region, port: options.port })
  const { endpoint, port, region } = sandbox
  writeServerFile(sandboxFolder, { pid: process.pid, port, endpoint, region, startedAt: new Date().toISOString() })
  world.stdout.write(`${endpoint}\n`)
  await interrupted
  removeServerFile(sandboxFolder, process.pid)
  await sandbox.close()
  return 0
}

import { startSandbox } from '../../sandbox/index.ts'
import type { Command } from '../command.ts'
import { behaviourOf } from '../sandbox-server/behaviour.ts'
import { removeServerFile, writeServerFile } from '../sandbox-server/server-file.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab sandbox serve`: serve in the foreground until a signal comes. `sandbox start` runs it in the background. */
export const sandboxServe: Command = async (world, _args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const { propagation, faults, flags } = behaviourOf(world.cwd, options)
  const interrupted = new Promise<void>(resolve => {
    world.onInterrupt(() => resolve())
  })
  const sandbox = await startSandbox({
    directory: sandboxFolder,
    region: options.region,
    port: options.port,
    propagation,
    faults,
  })
  const { endpoint, port, region } = sandbox
  const startedAt = new Date().toISOString()
  const eventual = propagation !== undefined
  writeServerFile(sandboxFolder, { pid: process.pid, port, endpoint, region, startedAt, eventual, flags })
  world.stdout.write(`${endpoint}\n`)
  await interrupted
  removeServerFile(sandboxFolder, process.pid)
  await sandbox.close()
  return 0
}

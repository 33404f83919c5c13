import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { usageError } from '../../runner/lab-error.ts'
import { openAccounts } from '../../sandbox/index.ts'
import type { Command } from '../command.ts'
import { behaviourOf } from '../sandbox-server/behaviour.ts'
import { exportsOf } from '../sandbox-server/exports.ts'
import { runningServer, type ServerFile } from '../sandbox-server/server-file.ts'
import { spawnServer } from '../sandbox-server/spawn-server.ts'
import { defaultShell, exportLines } from '../shell/quote.ts'
import { writeJson } from '../show/paper.ts'
import { shownPath } from '../show/problems.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab sandbox start`: serve the account until `lab sandbox stop`. One that runs already is left as it is. */
export const sandboxStart: Command = async (world, _args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const { flags } = behaviourOf(world.cwd, options)
  // Also makes the folder, which the lock needs.
  const accounts = await openAccounts(sandboxFolder)
  const release = await lock(sandboxFolder, {
    lockfilePath: join(sandboxFolder, 'start.lock'),
    retries: 20,
    stale: 20_000,
  })
  try {
    const before = await runningServer(sandboxFolder)
    if (before !== null && flags.length > 0) refuseOther(before, flags)
    const region = options.region ?? catalogue.region ?? 'us-west-2'
    const args = ['--region', region, '--port', String(options.port), ...flags]
    if (options.config !== undefined) args.push('--config', options.config)
    const server = before ?? (await spawnServer(world, { sandboxFolder, args }))
    const variables = exportsOf(sandboxFolder, server, accounts)
    const log = join(sandboxFolder, 'log.jsonl')
    const { pid, endpoint } = server
    if (options.json) {
      const ids = accounts.map(({ id }) => id)
      const facts = {
        running: true,
        started: before === null,
        pid,
        endpoint,
        region: server.region,
        accounts: ids,
        eventual: server.eventual === true,
        flags: server.flags ?? [],
        log,
      }
      writeJson(world, { schemaVersion: 1, exitCode: 0, ...facts, variables })
      return 0
    }
    const lines = [
      `the sandbox ${before === null ? 'is running' : 'was running already'}: ${endpoint} (process ${pid})`,
      `  account ${accounts[0]?.id}, partner ${accounts[1]?.id}, ${server.region}`,
      ...(server.flags?.length ? [`  with ${server.flags.join(' ')}`] : []),
      `  log ${shownPath(log, world.cwd)}, to be read with: lab sandbox log`,
      'For this shell:',
      ...exportLines(variables, defaultShell).map(line => `  ${line}`),
    ]
    world.stdout.write(`${lines.join('\n')}\n`)
    return 0
  } finally {
    await release()
  }
}

/** One that runs is left as it is, and must not be taken for one that does what these flags say. */
function refuseOther({ flags: running = [] }: ServerFile, flags: readonly string[]): void {
  if (running.join(' ') === flags.join(' ')) return
  const how = running.length === 0 ? 'without such flags' : `with ${running.join(' ')}`
  throw usageError(`the sandbox is running already, ${how}`, 'end it first: lab sandbox stop')
}

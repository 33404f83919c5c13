import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../command.ts'
import { runningServer } from '../sandbox-server/server-file.ts'
import { writeJson } from '../show/paper.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab sandbox status`: is it running, where, and its accounts. Creates nothing. */
export const sandboxStatus: Command = async (world, _args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const server = await runningServer(sandboxFolder)
  const accounts = existsSync(join(sandboxFolder, 'master.key')) ? await accountIds(sandboxFolder) : []
  const log = join(sandboxFolder, 'log.jsonl')
  if (options.json) {
    const { pid = null, endpoint = null, region = null, startedAt = null, eventual = false, flags = [] } = server ?? {}
    const facts = { running: server !== null, pid, endpoint, region, startedAt, eventual, flags, accounts, log }
    writeJson(world, { schemaVersion: 1, exitCode: 0, ...facts })
    return 0
  }
  world.stdout.write(
    server === null
      ? 'the sandbox is not running: each command serves it for itself; lab sandbox start keeps it running\n'
      : `the sandbox is running: ${server.endpoint} (process ${server.pid}, since ${server.startedAt})${server.flags?.length ? `, with ${server.flags.join(' ')}` : ''}\n`,
  )
  world.stdout.write(
    accounts.length > 0 ? `accounts: ${someOf(accounts)}\n` : 'it has no accounts yet: nothing has used it\n',
  )
  return 0
}

/** A class has as many accounts as students: the first ones of all tell enough here. */
const mostShown = 6

function someOf(accounts: readonly string[]): string {
  const shown = accounts.length > mostShown ? accounts.slice(0, mostShown - 1) : accounts
  const more = accounts.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more: lab sandbox account list` : ''}`
}

async function accountIds(sandboxFolder: string): Promise<string[]> {
  const { openAccounts } = await import('../../sandbox/index.ts')
  return (await openAccounts(sandboxFolder)).map(({ id }) => id)
}

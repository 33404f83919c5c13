import { readFileSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { usageError } from '../../runner/lab-error.ts'
import { addAccount, type ControlDocument, listAccounts, openAccounts } from '../../sandbox/index.ts'
import type { Command } from '../command.ts'
import type { Options } from '../options.ts'
import { profileOf, writeCredentials } from '../sandbox-server/exports.ts'
import { writeJson } from '../show/paper.ts'
import { shownPath } from '../show/problems.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'

/** `lab sandbox account create|list`: accounts beside the two first ones, in an organization where control policies are given. */
export const sandboxAccount: Command = async (world, [action = ''], options) => {
  if (action === 'list') return list(world, options)
  if (action === 'create') return create(world, options)
  throw usageError(`\`lab sandbox account ${action}\`: expected create or list`)
}

/** The keys go into the credentials file, never to the terminal. */
async function create(world: World, options: Options): Promise<0> {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  await refuseAgain(sandboxFolder, options)
  const { id } = await addAccount(sandboxFolder, {
    id: options.id,
    scps: (options.scp ?? []).map(file => document(world.cwd, '--scp', file)),
    rcps: (options.rcp ?? []).map(file => document(world.cwd, '--rcp', file)),
  })
  const accounts = await openAccounts(sandboxFolder)
  const credentialsFile = writeCredentials(sandboxFolder, catalogue.region ?? 'us-west-2', accounts)
  const profile = profileOf(accounts, id)
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, id, profile, credentialsFile })
  else
    world.stdout.write(
      `account ${id}: its user admin is the profile ${profile} of ${shownPath(credentialsFile, world.cwd)}\n`,
    )
  return 0
}

/** One that is there can be bound by control policies, not made. */
async function refuseAgain(sandboxFolder: string, { id, scp = [], rcp = [] }: Options): Promise<void> {
  if (id === undefined || scp.length + rcp.length > 0) return
  if ((await listAccounts(sandboxFolder)).some(account => account.id === id))
    throw usageError(`the sandbox has an account \`${id}\` already`, 'take another id, or leave --id out')
}

async function list(world: World, options: Options): Promise<0> {
  if (options.id !== undefined || options.scp?.length || options.rcp?.length)
    throw usageError('`--id`, `--scp` and `--rcp` go with `lab sandbox account create`')
  const accounts = await listAccounts(findWorkplace(world, options.config).sandboxFolder)
  if (options.json) {
    writeJson(world, { schemaVersion: 1, exitCode: 0, accounts })
    return 0
  }
  for (const { id, organization } of accounts) {
    const policies = organization === null ? '' : `  ${[...organization.scps, ...organization.rcps].join(', ')}`
    world.stdout.write(`${id}${policies}\n`)
  }
  return 0
}

/** A control policy, named as its file. */
function document(cwd: string, flag: string, file: string): ControlDocument {
  try {
    return { name: basename(file, extname(file)), text: readFileSync(resolve(cwd, file), 'utf8') }
  } catch (error) {
    throw usageError(`\`${flag} ${file}\` cannot be read: ${(error as Error).message.split(',')[0]}`)
  }
}

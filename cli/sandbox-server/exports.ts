import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SandboxAccount } from '../../sandbox/index.ts'
import { awsExports } from '../shell/aws-exports.ts'
import type { ServerFile } from './server-file.ts'

export const credentialsFileOf = (sandboxFolder: string): string => join(sandboxFolder, 'credentials')

/** Writes the admins' keys as profiles and says how a shell gets to use them. */
export function exportsOf(
  sandboxFolder: string,
  { endpoint, region }: ServerFile,
  accounts: readonly SandboxAccount[],
): Record<string, string | null> {
  const credentialsFile = writeCredentials(sandboxFolder, region, accounts)
  return awsExports({ credentialsFile, profile: 'sandbox', region, endpoint })
}

/** The profile of an account's user admin: `sandbox` and `partner` of the first two, `account-ID` of those added. */
export const profileOf = (accounts: readonly SandboxAccount[], id: string): string =>
  ['sandbox', 'partner'][accounts.findIndex(account => account.id === id)] ?? `account-${id}`

/** A profile for each account's user admin, in a file readable by its owner alone. Gives its path. */
export function writeCredentials(sandboxFolder: string, region: string, accounts: readonly SandboxAccount[]): string {
  const file = credentialsFileOf(sandboxFolder)
  const profiles = accounts.map(
    ({ id, admin }) =>
      `[${profileOf(accounts, id)}]\naws_access_key_id = ${admin.accessKeyId}\naws_secret_access_key = ${admin.secretAccessKey}\nregion = ${region}\n`,
  )
  mkdirSync(sandboxFolder, { recursive: true, mode: 0o700 })
  rmSync(file, { force: true })
  writeFileSync(file, profiles.join('\n'), { mode: 0o600 })
  return file
}

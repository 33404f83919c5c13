import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SandboxAccount } from '../../sandbox/index.ts'
import { awsExports } from '../shell/aws-exports.ts'
import { keysOf } from './open-sandbox.ts'
import type { ServerFile } from './server-file.ts'

export const credentialsFileOf = (sandboxFolder: string): string => join(sandboxFolder, 'credentials')

/** Writes the admins' keys as profiles `sandbox` and `partner`, readable by their owner alone, and says how a shell gets to use them. */
export function exportsOf(
  sandboxFolder: string,
  { endpoint, region }: ServerFile,
  accounts: readonly SandboxAccount[],
): Record<string, string | null> {
  const { admin, partner } = keysOf(accounts)
  const file = credentialsFileOf(sandboxFolder)
  const profile = (name: string, keys: typeof admin) =>
    `[${name}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\nregion = ${region}\n`
  mkdirSync(sandboxFolder, { recursive: true, mode: 0o700 })
  rmSync(file, { force: true })
  writeFileSync(file, `${profile('sandbox', admin)}\n${profile('partner', partner)}`, { mode: 0o600 })
  return awsExports({ credentialsFile: file, profile: 'sandbox', region, endpoint })
}

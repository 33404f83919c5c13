import type { Logger } from '@smithy/types'
import type { Link } from './profile-chain.ts'
import { chainOf, hasKeys, knownProfiles, unusable } from './profile-chain.ts'
import { ofProgram } from './why-none.ts'

export interface SourceFirst {
  /** null: the SDK's default chain. */
  profile: string | null
  /** Of the SDK's providers of credentials. */
  init: { clientConfig: { region: string }; logger: Logger; ignoreCache: boolean }
  mayAsk: boolean
}

/**
 * The source of a profile that needs a code of an MFA device is resolved before anybody is asked for the code. The SDK starts on both at once,
 * and nobody waits for a source that fails while the code is typed: that would end this process.
 *
 * @throws Error of the source, that a profile is in no file, or that nobody can be asked
 */
export async function sourceFirst({ profile, init, mayAsk }: SourceFirst): Promise<void> {
  const [{ getProfileName }, profiles] = await Promise.all([import('@smithy/core/config'), knownProfiles()])
  const name = profile ?? getProfileName({})
  // The default chain goes on without a profile, and keys of the environment come before the one that nobody named.
  if (profile === null && (profiles[name] === undefined || (name === 'default' && (await keysInEnvironment())))) return
  const links = chainOf(name, profiles)
  const at = links.findLastIndex(({ data }) => data.role_arn !== undefined && data.mfa_serial !== undefined)
  const guarded = links[at]
  if (guarded === undefined) return
  const source = links[at + 1]
  if (source && mayFail(source)) {
    const { fromIni } = await import('@aws-sdk/credential-providers')
    await fromIni({ ...init, profile: source.name })().catch(error => {
      // AWS's own answers say enough, and what they are is told by more than their words.
      if (!/ProviderError$/.test(error.name)) throw error
      throw unusable(`the source_profile \`${source.name}\` of \`${guarded.name}\`: ${ofProgram(error, links).message}`)
    })
  }
  if (!mayAsk)
    throw unusable(
      `the profile \`${guarded.name}\` requires multi-factor authentication, and nobody can be asked for a code here`,
    )
}

/** What a source says without a role of its own is for the SDK alone to read. */
const mayFail = ({ data }: Link): boolean =>
  !hasKeys(data) && (data.role_arn !== undefined || data.credential_source === undefined)

async function keysInEnvironment(): Promise<boolean> {
  const { fromEnv } = await import('@aws-sdk/credential-providers')
  return fromEnv()().then(
    () => true,
    () => false,
  )
}

import type { Logger } from '@smithy/types'
import { chainOf, knownProfiles, type Link, unusable } from './profile-chain.ts'

interface Sought {
  /** null: the SDK's default chain. */
  profile: string | null
  /** Of the SDK's providers of credentials. */
  init: { clientConfig: { region: string }; logger: Logger; ignoreCache: boolean }
}

/**
 * Why there are no credentials. Of a chain of which no link has any the SDK says nothing but that: then the profile says why it has none. A
 * file that cannot be read is a fault of the credentials, and no missing answer.
 */
export async function whyNone(thrown: unknown, { profile, init }: Sought): Promise<unknown> {
  const { code, syscall, path, message } = thrown as NodeJS.ErrnoException
  if (code && syscall && path)
    return unusable(`the file \`${path}\`, which is to hold the token, cannot be read: ${code}`)
  if (!/^Could not load credentials from any providers/.test(message)) return thrown
  const { getProfileName } = await import('@smithy/core/config')
  const name = profile ?? getProfileName({})
  const profiles = await knownProfiles()
  if (name === 'default' && profiles[name] === undefined) return thrown
  try {
    const links = chainOf(name, profiles)
    const { fromIni } = await import('@aws-sdk/credential-providers')
    return await fromIni({ ...init, profile: name })().then(
      () => thrown,
      (error: Error) => ofProgram(error, links),
    )
  } catch (error) {
    return error
  }
}

/** Node says the whole command and all that it said, in either of which a secret may stand: that it failed is told. */
export function ofProgram(error: Error, links: readonly Link[]): Error {
  const owner = links.findLast(({ data }) => data.credential_process !== undefined)
  if (!owner || !error.message.startsWith('Command failed')) return error
  return unusable(`the credential_process of the profile \`${owner.name}\` failed`)
}

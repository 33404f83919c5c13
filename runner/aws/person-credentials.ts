import type { Credentials } from './door.ts'
import type { Connection, CredentialsSource } from './identity.ts'
import { knownProfiles } from './profile-chain.ts'
import { sourceFirst } from './source-first.ts'
import { whyNone } from './why-none.ts'

/** Asks a person for the six digits that an MFA device shows. `device` is its ARN or serial number. */
export type AskMfaCode = (device: string) => Promise<string>

/** Credentials of this machine: keys in the environment, a profile, and all that profiles can say. */
export interface PersonCredentials {
  source: CredentialsSource
  /** For when AWS says that they have expired though nothing here did: read anew from where they come from. */
  renew(): Promise<CredentialsSource>
}

/**
 * Every kind of credentials that the SDK knows: keys, SSO, assumed roles, processes, web identity, instance and container roles. They are
 * refreshed before they expire, where they can be.
 *
 * @param profile null: the SDK's default chain
 * @param reached where roles of profiles are assumed, unless the profile says another region, and by which connections
 * @param askMfaCode null: nobody can be asked, and the SDK refuses a profile that needs it
 */
export async function personCredentials(
  profile: string | null,
  reached: Pick<Connection, 'region' | 'requestHandler'>,
  askMfaCode: AskMfaCode | null,
): Promise<PersonCredentials> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers')
  const open = (): (() => Promise<Credentials>) => {
    // Files that were written since are read again.
    const init = { clientConfig: reached as { region: string }, logger: silent, ignoreCache: true }
    const provider = fromNodeProviderChain({
      ...init,
      ...(profile === null ? {} : { profile }),
      ...(askMfaCode === null ? {} : { mfaCodeProvider: askMfaCode }),
    })
    let known: Credentials | null = null
    return async () => {
      if (known === null || endsSoon(known)) {
        try {
          await sourceFirst({ profile, init, mayAsk: askMfaCode !== null })
        } catch (error) {
          if (known === null || ended(known)) throw error
          return known
        }
      }
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider().catch(async thrown => {
        throw await whyNone(thrown, { profile, init })
      })
      known = { accessKeyId, secretAccessKey, sessionToken, expiration: expiration?.getTime() }
      return known
    }
  }
  return { source: open(), renew: async () => open() }
}

/** So long before their end the SDK has credentials made anew, in milliseconds. */
const beforeTheEnd = 300_000

const endsSoon = ({ expiration }: Credentials): boolean =>
  expiration !== undefined && expiration - Date.now() < beforeTheEnd

const ended = ({ expiration }: Credentials): boolean => expiration !== undefined && expiration <= Date.now()

/** The SDK warns on the console of this process: what there is to say is said where a person is spoken to. */
export const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** A profile that no file of this machine has is an identity that is not configured: labs that need it are skipped. Any fault of one that is there is told. */
export const hasProfile = async (profile: string): Promise<boolean> => (await knownProfiles())[profile] !== undefined

const mends: readonly (readonly [RegExp, (profile: string) => string])[] = [
  [/there is no profile `/, () => 'aws configure list-profiles lists those that are there'],
  [/credential_process/, () => 'run that program by hand: it must print the keys as JSON, and end with 0'],
  [
    /which is to hold the token/,
    () => 'AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of the profile, must name a file that you may read',
  ],
  // The portal's own words of a login that it no longer knows do not name it.
  [/\bsso\b|Session token not found or invalid/i, profile => `renew the login: aws sso login${profile}`],
  [
    /one time pass code|no code was given/i,
    () => 'run it again, and type the code that the device shows then: AWS takes each once',
  ],
  [
    /multi-factor|MFA/i,
    () => 'run it on a terminal, where the code is asked for, or use the keys that aws sts get-session-token gives',
  ],
  [/expired/i, () => 'they have expired: renew them where they came from, then run again'],
  [
    /RequestExpired|Signature not yet current|Signature expired/i,
    () => 'set this machine’s clock: lab doctor tells how far it is off',
  ],
]

/** What to do about credentials that cannot be had, or that AWS does not take. */
export function credentialsMend(said: string, profile: string | null): string {
  // The login may be that of a source: the CLI renews it by the profile that says where to log in.
  const [, source, associated] = /source_profile `([^`]+)` of|associated with profile=(\S+)/.exec(said) ?? []
  const named = source ?? associated ?? profile
  const flag = named === null ? '' : ` --profile ${named}`
  const clock = mends.at(-1)
  const mend = clock?.[0].test(said) ? clock : mends.find(([about]) => about.test(said))
  const otherwise =
    profile === null ? 'give a profile with --profile' : `mend the profile \`${profile}\` in your AWS files`
  return mend?.[1](flag) ?? `${otherwise}, or run on the sandbox with --target sandbox`
}

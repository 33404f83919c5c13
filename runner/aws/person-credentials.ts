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

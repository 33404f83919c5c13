import { environmentError } from '../lab-error.ts'
import type { Aws, AwsPlace, Credentials } from '../steps/step-kind.ts'
import { partitionOf } from './arns.ts'
import { type Connection, type CredentialsSource, openIdentity } from './identity.ts'

export interface TargetOptions {
  name: 'sandbox' | 'aws'
  region: string
  /** Where all three services are; undefined: AWS's own endpoints. */
  endpoint: string | undefined
  /** The lab's caller: keys, or a profile of the person's (null: the SDK's default chain). */
  caller: Credentials | { profile: string | null }
  /** Identities that exist without a step: `partner`. */
  identities: Readonly<Record<string, Credentials | { profile: string }>>
  /** What a program of a lab finds in its environment, beside the identity's keys. */
  environment: Readonly<Record<string, string>>
  /** Whether a change takes time to be seen. Default: on AWS. */
  eventual?: boolean
  /** Ends every call that is under way. */
  signal?: AbortSignal | undefined
}

/** Where a run goes. To the engine every target is alike; only `eventual` tells it whether answers need time to settle. */
export interface Target {
  name: 'sandbox' | 'aws'
  endpoint: string | null
  place: AwsPlace
  /** true: a change takes time to be seen, and answers may flap. */
  eventual: boolean
  caller: Aws
  identities: ReadonlyMap<string, Aws>
  /** A new identity from the credentials that a step made. */
  as(credentials: Credentials, arn: string): Aws
  environment: Readonly<Record<string, string>>
  close(): void
}

/**
 * Connects to the target and asks who the caller is.
 *
 * @throws LabError with exit code 3: no credentials, no answer, or refused credentials
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler')
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: 60_000 })
  const { region, endpoint, signal } = options
  const connection: Connection = { region, endpoint, requestHandler, signal }
  const open = async (source: Credentials | { profile: string | null }, who: string) => {
    const credentials = 'accessKeyId' in source ? source : await profileCredentials(source.profile)
    return whoIs(openIdentity(connection, credentials, ''), connection, credentials, who, options)
  }
  const [caller, ...others] = await Promise.all([
    open(options.caller, 'the caller'),
    ...Object.entries(options.identities).map(async ([name, source]) => {
      if ('profile' in source && !(await hasProfile(source.profile))) return null
      const { aws } = await open(source, `the identity \`${name}\``)
      return [name, aws] as const
    }),
  ])
  return {
    name: options.name,
    endpoint: options.endpoint ?? null,
    place: { partition: partitionOf(options.region), account: caller.account, region: options.region },
    eventual: options.eventual ?? options.name === 'aws',
    caller: caller.aws,
    identities: new Map(others.filter(each => each !== null)),
    as: (credentials, arn) => openIdentity(connection, credentials, arn),
    environment: options.environment,
    close: () => requestHandler.destroy(),
  }
}

async function whoIs(
  unknown: Aws,
  connection: Connection,
  credentials: CredentialsSource,
  who: string,
  options: TargetOptions,
): Promise<{ aws: Aws; account: string }> {
  const outcome = await unknown.call('sts:GetCallerIdentity', {})
  if (outcome.outcome === 'allowed') {
    const { Arn = '', Account = '' } = outcome.output as { Arn?: string; Account?: string }
    if (!/^arn:/.test(Arn) || !/^\d{12}$/.test(Account))
      throw environmentError(
        `no answer from ${options.endpoint ?? 'AWS'} for ${who} that says who that is: whatever answered is not STS`,
        options.endpoint ? `is it AWS that listens at ${options.endpoint}?` : 'a proxy may stand between',
      )
    return { aws: openIdentity(connection, credentials, Arn), account: Account }
  }
  const { message, code } = outcome
  const cause = outcome.outcome === 'failed' ? outcome.cause : 'credentials'
  if (cause === 'credentials')
    throw environmentError(
      `no usable credentials for ${who}: ${message}`,
      /sso/i.test(`${code} ${message}`)
        ? `renew the login: aws sso login${profileHint(options)}`
        : 'give a profile with --profile, or run on the sandbox with --target sandbox',
    )
  throw environmentError(
    `no answer from ${options.endpoint ?? 'AWS'} for ${who}: ${code}: ${message}`,
    options.endpoint ? `is something listening at ${options.endpoint}?` : 'check the network and the region',
  )
}

const profileHint = ({ caller }: TargetOptions): string =>
  'profile' in caller && caller.profile ? ` --profile ${caller.profile}` : ''

/** A profile that this machine does not have is an identity that is not configured: labs that need it are skipped. Any other fault is told. */
async function hasProfile(profile: string): Promise<boolean> {
  const { fromIni } = await import('@aws-sdk/credential-providers')
  try {
    await fromIni({ profile })()
    return true
  } catch (error) {
    return !/Could not resolve credentials using profile/.test((error as Error).message)
  }
}

/** Every kind of credentials that the SDK knows: SSO, assumed roles, processes, web identity, instance and container roles. */
async function profileCredentials(profile: string | null): Promise<CredentialsSource> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers')
  const provider = fromNodeProviderChain(profile === null ? {} : { profile })
  return async () => {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider()
    return { accessKeyId, secretAccessKey, sessionToken, expiration: expiration?.getTime() }
  }
}

import { environmentError } from '../lab-error.ts'
import { partitionOf } from './arns.ts'
import { credentialsMend } from './credentials-mend.ts'
import type { Aws, AwsPlace, Credentials } from './door.ts'
import { type Endpoints, endpointsOfSettings } from './endpoints.ts'
import { type Connection, openIdentity, type Renew } from './identity.ts'
import { type AskMfaCode, hasProfile, personCredentials, silent } from './person-credentials.ts'

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
  /** Accounts in which something may be changed. Default: on AWS none, on the sandbox any. */
  accounts?: readonly string[] | undefined
  /** Whether a change takes time to be seen. Default: on AWS. */
  eventual?: boolean
  /** Asked for the code of an MFA device. Default: nobody can be asked. */
  askMfaCode?: AskMfaCode | undefined
  /** Milliseconds without a byte of an answer, or of a request that is being sent, after which none comes any more. Default: 20 s. */
  silence?: number | undefined
  /** Connections of another target, which has them open already and closes them. Default: its own. */
  connections?: Connections | undefined
}

/** A pool of connections, kept alive: whoever talks to the same endpoints may share it. */
export interface Connections {
  destroy(): void
}

/** A class is asked about by many at once, each with several calls under way. */
const mostConnections = 512

/** Where a run goes. To the engine every target is alike; only `eventual` tells it whether answers need time to settle. */
export interface Target extends Endpoints {
  name: 'sandbox' | 'aws'
  place: AwsPlace
  /** true: a change takes time to be seen, and answers may flap. */
  eventual: boolean
  caller: Aws
  identities: ReadonlyMap<string, Aws>
  /** A new identity from the credentials that a step made; `renew` makes them again when AWS says that they have expired. */
  as(credentials: Credentials, arn: string, renew?: Renew): Aws
  environment: Readonly<Record<string, string>>
  /** Accounts in which something may be changed, whoever changes it; null: any, for none of them is real. */
  accounts: readonly string[] | null
  connections: Connections
  close(): void
}

/**
 * Connects to the target and asks who the caller is.
 *
 * @throws LabError with exit code 3: no credentials, no answer, or refused credentials
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const requestHandler = options.connections ?? (await newConnections(options.silence))
  const { region } = options
  // Whoever shares connections goes where they lead.
  const { endpoint: known, endpoints } =
    options.endpoint || options.connections
      ? { endpoint: options.endpoint ?? null }
      : ((await endpointsOfSettings(region)) satisfies Endpoints)
  const endpoint = known ?? undefined
  const connection: Connection = { region, endpoint, requestHandler }
  const open = async (source: Credentials | { profile: string | null }, who: string) => {
    const asked: Who = { name: who, profile: 'profile' in source ? source.profile : null, endpoint }
    if ('accessKeyId' in source) return whoIs(arn => openIdentity(connection, source, arn), asked)
    const person = await personCredentials(source.profile, { region, requestHandler }, options.askMfaCode ?? null)
    return whoIs(arn => openIdentity(connection, person.source, arn, person.renew), asked)
  }
  const opening = open(options.caller, 'the caller')
  // Who is asked for a code answers for one at a time: the next is not asked for where the first was wrong.
  if (options.askMfaCode) await opening
  const [caller, ...others] = await Promise.all([
    opening,
    ...Object.entries(options.identities).map(async ([name, source]) => {
      if ('profile' in source && !(await hasProfile(source.profile))) return null
      const { aws } = await open(source, `the identity \`${name}\``)
      return [name, aws] as const
    }),
  ])
  return {
    name: options.name,
    endpoint: known,
    endpoints,
    place: { partition: partitionOf(options.region), account: caller.account, region: options.region },
    eventual: options.eventual ?? options.name === 'aws',
    caller: caller.aws,
    identities: new Map(others.filter(each => each !== null)),
    as: (credentials, arn, renew) => openIdentity(connection, credentials, arn, renew),
    environment: options.environment,
    accounts: options.accounts ?? (options.name === 'aws' ? [] : null),
    connections: requestHandler,
    close: () => {
      if (!options.connections) requestHandler.destroy()
    },
  }
}

async function newConnections(silence = 20_000): Promise<Connections> {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler')
  const agent = { maxSockets: mostConnections }
  // By silence and not by the length of a request: a slow upload is alive. What the SDK would warn of on stderr is nobody's to read.
  const waits = { connectionTimeout: 5_000, socketTimeout: silence, logger: silent }
  return new NodeHttpHandler({ ...waits, httpAgent: agent, httpsAgent: agent })
}

interface Who {
  name: string
  profile: string | null
  endpoint: string | undefined
}

/** Asks AWS who the credentials act as: they are proved before anything else is done with them. */
async function whoIs(
  open: (arn: string) => Aws,
  { name, profile, endpoint }: Who,
): Promise<{ aws: Aws; account: string }> {
  const door = open('')
  const outcome = await door.call('sts:GetCallerIdentity', {})
  if (outcome.outcome === 'allowed') {
    const { Arn = '', Account = '' } = outcome.output as { Arn?: string; Account?: string }
    if (!/^arn:/.test(Arn) || !/^\d{12}$/.test(Account))
      throw environmentError(
        `no answer from ${endpoint ?? 'AWS'} for ${name} that says who that is: whatever answered is not STS`,
        endpoint ? `is it AWS that listens at ${endpoint}?` : 'a proxy may stand between',
      )
    return { aws: { ...door, arn: Arn }, account: Account }
  }
  const { message, code } = outcome
  const cause = outcome.outcome === 'failed' ? outcome.cause : 'credentials'
  if (cause === 'credentials')
    throw environmentError(
      `no usable credentials for ${name}: ${message}`,
      credentialsMend(`${code} ${message}`, profile),
    )
  throw environmentError(
    `no answer from ${endpoint ?? 'AWS'} for ${name}: ${code}: ${message}`,
    endpoint ? `is something listening at ${endpoint}?` : 'check the network and the region',
  )
}

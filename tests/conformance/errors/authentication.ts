import { request } from 'node:http'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Refusal, Scene, Scenes } from './scene.ts'
import type { Credentials, World } from './world.ts'

const services = ['iam', 'sts', 'ecr'] as const
type Service = (typeof services)[number]

/** A call that needs no resource. */
const reads = { iam: 'ListAccountAliases', sts: 'GetCallerIdentity', ecr: 'DescribeRegistry' } as const

/** STS and IAM speak the one protocol, ECR the other. */
const served = (operation: string): Service[] => {
  if (operation.includes('ECR')) return ['ecr']
  return operation.startsWith('STS (') ? ['sts'] : ['sts', 'iam']
}

const by =
  (...callers: ((world: World) => Credentials | Promise<Credentials>)[]): Scene =>
  async (world, operation) => {
    const refusals: Refusal[] = []
    for (const caller of callers) {
      const as = world.as(await caller(world))
      for (const service of served(operation)) refusals.push({ call: () => as[service](reads[service]) })
    }
    return refusals
  }

const unknown = (): Credentials => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) })

const inactive = async (world: World): Promise<Credentials> => {
  const { UserName, AccessKeyId, credentials } = await world.user()
  await world.iam('UpdateAccessKey', { UserName, AccessKeyId, Status: 'Inactive' })
  return credentials
}

const newSession = async (world: World): Promise<Credentials> => world.session((await world.role()).Arn)

const withoutToken = async (world: World): Promise<Credentials> => {
  const { accessKeyId, secretAccessKey } = await newSession(world)
  return { accessKeyId, secretAccessKey }
}

const withStrangeToken = async (world: World): Promise<Credentials> => ({
  ...(await newSession(world)),
  sessionToken: (await newSession(world)).sessionToken ?? '',
})

const deadRole = async (world: World): Promise<Credentials> => {
  const { RoleName, Arn } = await world.role()
  const session = await world.session(Arn)
  await world.iam('DeleteRole', { RoleName })
  return session
}

const wrongSecret = async (world: World): Promise<Credentials> => ({
  ...(await world.user()).credentials,
  secretAccessKey: 'y'.repeat(40),
})

/** Two hours on, a session of one hour has ended. */
const expired: Scene = async (world, operation) => {
  const as = world.as(await newSession(world))
  return served(operation).map(service => ({
    call: () => {
      world.later(7_200_000)
      return as[service](reads[service]).finally(() => world.later(0))
    },
  }))
}

/** The scope is looked at before the signature, which no longer fits it. */
const scopedTo =
  (scope: string): Scene =>
  world => {
    const client = new STSClient(world.target.config)
    client.middlewareStack.add(
      next => args => {
        const { headers } = args.request as { headers: Record<string, string> }
        const { authorization = '' } = headers
        headers.authorization = authorization.replace(/[^/]+\/sts\/aws4_request/, `${scope}/aws4_request`)
        return next(args)
      },
      { step: 'finalizeRequest', priority: 'low', name: 'rescope' },
    )
    return { call: () => client.send(new GetCallerIdentityCommand({})) }
  }

const stamp = /\d{8}T\d{6}Z/

const skewed =
  (milliseconds: number): Scene =>
  async (world, operation) => {
    // The SDK corrects its clock and tries again.
    const client = world.with({ systemClockOffset: milliseconds, maxAttempts: 1 })
    const values = { reqdate: stamp, limit: stamp, now: stamp }
    return served(operation).map(service => ({ call: () => client[service](reads[service]), values }))
  }

/** A request that no SDK would send; the refusal in the form that theirs has. */
const raw = (world: World, headers: Record<string, string>): Promise<never> =>
  new Promise((_, reject) => {
    const body = 'Action=GetCallerIdentity&Version=2011-06-15'
    const { port } = new URL(world.target.config.endpoint ?? '')
    const type = 'application/x-www-form-urlencoded'
    const sent = request({ port, method: 'POST', headers: { 'content-type': type, ...headers } }, answer => {
      let text = ''
      answer.on('data', chunk => {
        text += chunk
      })
      answer.on('end', () => {
        const [, Code] = /<Code>(.*)<\/Code>/.exec(text) ?? []
        const [, message] = /<Message>(.*)<\/Message>/.exec(text) ?? []
        reject(Object.assign(new Error(message), { Code, $metadata: { httpStatusCode: answer.statusCode } }))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

export const authenticationScenes: Scenes = {
  'unknown or inactive access key; session key without/with wrong token; session whose role was deleted': by(
    unknown,
    inactive,
    withoutToken,
    withStrangeToken,
    deadRole,
  ),
  'unknown access key': by(unknown),
  'wrong secret': by(wrongSecret),
  'expired session': expired,
  'clock skew': skewed(-3_600_000),
  'X-Amz-Date older than 15 min': skewed(-3_600_000),
  'wrong region in credential scope': scopedTo('nowhere/sts'),
  'wrong service in credential scope': world => scopedTo(`${world.region}/iam`)(world, ''),
  'no Authorization': world => ({ call: () => raw(world, {}) }),
  'unknown Action or Version (Query)': world => {
    const changed = (from: string, to: string, values: Record<string, string>): Refusal[] => {
      const client = world.with({}, body => body.replace(from, to))
      const call = () => client.sts('GetCallerIdentity')
      return [{ call, values: { Action: 'GetCallerIdentity', ...values } }]
    }
    return [
      ...changed('Action=GetCallerIdentity', 'Action=Nothing', {
        Action: 'Nothing',
        'Version|NO_VERSION_SPECIFIED': '2011-06-15',
      }),
      ...changed('Version=2011-06-15', 'Version=2011-06-16', { 'Version|NO_VERSION_SPECIFIED': '2011-06-16' }),
      ...changed('Version=2011-06-15', '', { 'Version|NO_VERSION_SPECIFIED': 'NO_VERSION_SPECIFIED' }),
    ]
  },
}

import { randomBytes } from 'node:crypto'
import type { Refusal, Scene, Scenes } from './scene.ts'
import { allow, document, trustOf, type World } from './world.ts'

const RoleSessionName = 'tester'
const tags = (...keys: string[]) => keys.map(Key => ({ Key, Value: 'v' }))

/** AssumeRole of a role that trusts the account, with other parameters. */
const assume =
  (more: Record<string, unknown>, values: Refusal['values'] = {}): Scene =>
  async world => {
    const { Arn } = await world.role()
    return { call: () => world.sts('AssumeRole', { RoleArn: Arn, RoleSessionName, ...more }), values }
  }

/** With a parameter that no client would write, put into the body before it is signed. */
const assumeRaw =
  (DurationSeconds: string): Scene =>
  async world => {
    const { Arn: RoleArn } = await world.role()
    const raw = world.with({}, body => body.replace('DurationSeconds=900', `DurationSeconds=${DurationSeconds}`))
    return { call: () => raw.sts('AssumeRole', { RoleArn, RoleSessionName, DurationSeconds: 900 }) }
  }

/** A role session that assumes the next role; both trust the account, and the first may assume. */
const chained =
  (first: object, second: object): Scene =>
  async world => {
    const own = await world.role({ MaxSessionDuration: 43_200 })
    const next = await world.role({ MaxSessionDuration: 43_200 })
    const may = document(allow(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']))
    await world.iam('PutRolePolicy', { RoleName: own.RoleName, PolicyName: 'may', PolicyDocument: may })
    const { sts } = world.as(await world.session(own.Arn, first))
    return { call: () => sts('AssumeRole', { RoleArn: next.Arn, RoleSessionName, ...second }) }
  }

/** Three ways to be refused that look the same. */
const indistinguishable: Scene = async world => {
  const refused = (call: () => Promise<unknown>, caller: string, role: string): Refusal => ({
    call,
    values: { 'caller-arn': caller, 'role-arn': role },
  })
  const { Arn: admin } = await world.sts('GetCallerIdentity')
  const absent = world.arn('role', 'nobody-at-all')
  const user = await world.user()
  const silent = await world.role({
    AssumeRolePolicyDocument: trustOf(world.accountId, { Principal: { AWS: user.Arn } }),
  })
  const denied = await world.user(allow('sts:AssumeRole'), { ...allow('sts:AssumeRole'), Effect: 'Deny' })
  const open = await world.role()
  const by = (caller: World['sts'], RoleArn: string) => () => caller('AssumeRole', { RoleArn, RoleSessionName })
  return [
    refused(by(world.sts, absent), admin, absent),
    refused(by(world.sts, silent.Arn), admin, silent.Arn),
    refused(by(world.as(denied.credentials).sts, open.Arn), denied.Arn, open.Arn),
  ]
}

const text = "must be 20 characters, or it is no ARN's length"

export const stsScenes: Scenes = {
  'role missing, trust does not match, or caller policy denies (indistinguishable)': indistinguishable,
  'caller is root': async world => {
    const { Arn: RoleArn } = await world.role()
    const credentials = world.target.sandbox?.accounts[0]?.root
    if (credentials === undefined) throw new Error('the target gives no key of its root user')
    return { call: () => world.as(credentials).sts('AssumeRole', { RoleArn, RoleSessionName }) }
  },
  'caller uses session credentials': async world => {
    const { sts } = world.as(await world.session((await world.role()).Arn))
    return { call: () => sts('GetSessionToken') }
  },
  'RoleArn missing': assume({ RoleArn: undefined }),
  'RoleArn empty (clause order unstable)': assume({ RoleArn: '' }),
  'RoleArn shorter than 20': assume({ RoleArn: 'arn:aws:iam::1:role' }, { v: 'arn:aws:iam::1:role' }),
  'RoleArn 20..2048 but not a role ARN': assume({ RoleArn: text }, { v: text }),
  'RoleSessionName missing': assume({ RoleSessionName: undefined }),
  'RoleSessionName shorter than 2': assume({ RoleSessionName: 'x' }, { v: 'x' }),
  'RoleSessionName longer than 64': assume({ RoleSessionName: 'x'.repeat(65) }, { v: 'x'.repeat(65) }),
  'RoleSessionName bad character': assume({ RoleSessionName: 'a b' }, { v: 'a b' }),
  'DurationSeconds <900': assume({ DurationSeconds: 899 }, { n: '899' }),
  'DurationSeconds >43200': assume({ DurationSeconds: 43_201 }, { n: '43201' }),
  'DurationSeconds empty': assumeRaw(''),
  'DurationSeconds not an int32': async (world, operation) => [
    ...[await assumeRaw('99999999999')(world, operation)].flat(),
    ...[await assumeRaw('abc')(world, operation)].flat(),
  ],
  'DurationSeconds > role MaxSessionDuration': assume({ DurationSeconds: 3601 }),
  'role chaining and >3600': chained({}, { DurationSeconds: 3601 }),
  'SourceIdentity differs from the inherited one': chained({ SourceIdentity: 'ann' }, { SourceIdentity: 'bob' }),
  'TransitiveTagKeys names a key not in Tags': assume({ Tags: tags('a'), TransitiveTagKeys: ['b'] }),
  'AssumeRole: duplicate tag keys differing in case': assume({ Tags: tags('a', 'A') }),
  'chained call overrides a transitive tag': chained(
    { Tags: tags('team'), TransitiveTagKeys: ['team'] },
    { Tags: tags('Team') },
  ),
  'GetFederationToken: Policy >2048': world => {
    const Policy = 'x'.repeat(2049)
    return { call: () => world.sts('GetFederationToken', { Name: 'fed', Policy }), values: { policy: Policy } }
  },
  // Random letters do not pack.
  'packed session policy too large': assume(
    {
      Policy: document(
        allow('ecr:ListImages', `arn:aws:ecr:*:*:repository/${randomBytes(900).toString('hex').slice(0, 1700)}`),
      ),
      Tags: Array.from({ length: 40 }, (_, at) => ({ Key: `k${at}`, Value: randomBytes(120).toString('base64url') })),
    },
    { n: /\d+/ },
  ),
}

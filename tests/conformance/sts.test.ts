import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onSandboxOnly } from './on-aws.ts'
import { credentialsOf, newSandbox, refusalOf, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly(
  'sentences, the root user and a clock of our own; what AWS guarantees of it is in errors, operations and sessions',
)

const account = '111122223333'
const admin = `arn:aws:iam::${account}:user/admin`
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`

let sandbox: TestSandbox
let sts: STSClient
let iam: IAMClient

const trust = (Principal: unknown, more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], ...more },
    ],
  })
const root = { AWS: account }

const createRole = (RoleName: string, document = trust(root), more = {}) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document, ...more }))

const assume = (RoleArn: string, more: Partial<AssumeRoleCommandInput> = {}, client = sts) =>
  client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tester', ...more }))

const clientOf = async (
  RoleArn: string,
  more: Partial<AssumeRoleCommandInput> = {},
  client = sts,
): Promise<STSClient> =>
  new STSClient({ ...sandbox.config, credentials: credentialsOf(await assume(RoleArn, more, client)) })

beforeAll(async () => {
  sandbox = await newSandbox()
  sts = new STSClient(sandbox.config)
  iam = new IAMClient(sandbox.config)
  await createRole('plain')
  await createRole('long', trust(root), {
    MaxSessionDuration: 43200,
    Path: '/deep/er/',
    Tags: [{ Key: 'team', Value: 'a' }],
  })
  await createRole('external', trust(root, { Condition: { StringEquals: { 'sts:ExternalId': 'secret-word' } } }))
  await createRole('powerful')
  await iam.send(
    new AttachRolePolicyCommand({ RoleName: 'powerful', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
  )
})
afterAll(() => sandbox.remove())

describe('AssumeRole', () => {
  test('gives credentials that are the role, without its path', async () => {
    const answer = await assume(roleArn('deep/er/long'), { DurationSeconds: 7200 })
    expect(Object.keys(answer)).not.toContain('PackedPolicySize')
    expect(answer.AssumedRoleUser).toEqual({
      Arn: `arn:aws:sts::${account}:assumed-role/long/tester`,
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:tester$/),
    })
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
    const left = (answer.Credentials?.Expiration?.getTime() ?? 0) - Date.now()
    expect(left).toBeGreaterThan(7190_000)
    expect(left).toBeLessThanOrEqual(7200_000)
    const own = new STSClient({ ...sandbox.config, credentials: credentialsOf(answer) })
    expect(await own.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: account,
      Arn: answer.AssumedRoleUser?.Arn,
      UserId: answer.AssumedRoleUser?.AssumedRoleId,
    })
  })

  const denied = (caller: string, arn: string, action = 'sts:AssumeRole'): [string, number, string] => [
    'AccessDenied',
    403,
    `User: ${caller} is not authorized to perform: ${action} on resource: ${arn}`,
  ]
  const constraint = (text: string): [string, number, string] => [
    'ValidationError',
    400,
    `1 validation error detected: ${text}`,
  ]

  test.each<[string, Partial<AssumeRoleCommandInput>, [string, number, string]]>([
    ['a role that is not there', { RoleArn: roleArn('nobody') }, denied(admin, roleArn('nobody'))],
    ['a role named without its path', { RoleArn: roleArn('long') }, denied(admin, roleArn('long'))],
    ['a role named in another case', { RoleArn: roleArn('Plain') }, denied(admin, roleArn('Plain'))],
    ['a missing external id', { RoleArn: roleArn('external') }, denied(admin, roleArn('external'))],
    ['a wrong external id', { RoleArn: roleArn('external'), ExternalId: 'guess' }, denied(admin, roleArn('external'))],
    [
      'no RoleArn',
      { RoleArn: undefined },
      constraint("Value null at 'roleArn' failed to satisfy constraint: Member must not be null"),
    ],
    [
      'a short RoleArn',
      { RoleArn: 'arn:aws:iam::1' },
      constraint(
        "Value 'arn:aws:iam::1' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
      ),
    ],
    [
      'an ARN of no role',
      { RoleArn: `arn:aws:iam::${account}:user/admin` },
      ['ValidationError', 400, `${admin} is invalid`],
    ],
    [
      'no session name',
      { RoleSessionName: undefined },
      constraint("Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null"),
    ],
    [
      'a short session name',
      { RoleSessionName: 'x' },
      constraint(
        "Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
      ),
    ],
    [
      'a long session name',
      { RoleSessionName: 'x'.repeat(65) },
      constraint(
        `Value '${'x'.repeat(65)}' at 'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ),
    ],
    [
      'a session name with a blank',
      { RoleSessionName: 'a b' },
      constraint(
        "Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
      ),
    ],
    [
      'a short duration',
      { DurationSeconds: 899 },
      constraint(
        "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
      ),
    ],
    [
      'a long duration',
      { DurationSeconds: 43201 },
      constraint(
        "Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
      ),
    ],
    [
      'more than the role allows',
      { DurationSeconds: 3601 },
      ['ValidationError', 400, 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
    ],
    [
      'tags twice',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
      ['InvalidParameterValue', 400, 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'],
    ],
    [
      'a transitive key without tag',
      { TransitiveTagKeys: ['a'] },
      ['InvalidParameterValue', 400, 'The specified transitive tag key must be included in the requested tags.'],
    ],
    ['a session policy that is none', { Policy: '{' }, ['MalformedPolicyDocument', 400, 'Syntax errors in policy.']],
    [
      'MFA of nobody',
      { SerialNumber: 'arn:aws:iam::111122223333:mfa/x', TokenCode: '123456' },
      [
        'AccessDenied',
        403,
        'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      ],
    ],
  ])('refuses %s', async (_title, more, expected) => {
    expect(await refusalOf(assume(roleArn('plain'), more))).toEqual(expected)
  })

  test('with the external id', async () => {
    expect((await assume(roleArn('external'), { ExternalId: 'secret-word' })).Credentials).toBeDefined()
  })

  test('a session policy narrows, and its packed size is told', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' }],
    })
    const answer = await assume(roleArn('powerful'), { Policy })
    expect(answer.PackedPolicySize).toBeGreaterThan(0)
    const narrow = new IAMClient({ ...sandbox.config, credentials: credentialsOf(answer) })
    expect((await narrow.send(new GetRoleCommand({ RoleName: 'plain' }))).Role?.RoleName).toBe('plain')
    expect(await refusalOf(narrow.send(new DeleteRoleCommand({ RoleName: 'plain' })))).toEqual([
      'AccessDenied',
      403,
      `User: arn:aws:sts::${account}:assumed-role/powerful/tester is not authorized to perform: iam:DeleteRole on resource: role plain because no session policy allows the iam:DeleteRole action`,
    ])
  })

  test('a managed session policy narrows too; one that is not there is refused', async () => {
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }]
    const narrow = new IAMClient({
      ...sandbox.config,
      credentials: credentialsOf(await assume(roleArn('powerful'), { PolicyArns })),
    })
    expect((await narrow.send(new GetRoleCommand({ RoleName: 'plain' }))).Role?.RoleName).toBe('plain')
    const [code] = await refusalOf(narrow.send(new DeleteRoleCommand({ RoleName: 'plain' })))
    expect(code).toBe('AccessDenied')
    const missing = { arn: `arn:aws:iam::${account}:policy/none` }
    expect(await refusalOf(assume(roleArn('plain'), { PolicyArns: [missing] }))).toEqual([
      'ValidationError',
      400,
      `${missing.arn} is invalid`,
    ])
  })

  test('chaining: an hour at most, source identity and transitive tags go along', async () => {
    const first = await clientOf(roleArn('powerful'), {
      SourceIdentity: 'Alice',
      Tags: [
        { Key: 'team', Value: 'a' },
        { Key: 'own', Value: 'x' },
      ],
      TransitiveTagKeys: ['team'],
    })
    const second = await assume(roleArn('deep/er/long'), {}, first)
    expect(second.SourceIdentity).toBe('Alice')
    expect(await refusalOf(assume(roleArn('deep/er/long'), { DurationSeconds: 3601 }, first))).toEqual([
      'ValidationError',
      400,
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    ])
    expect(await refusalOf(assume(roleArn('plain'), { SourceIdentity: 'Bob' }, first))).toEqual([
      'ValidationError',
      400,
      'The source identity is already set for this assume role session',
    ])
    expect(await refusalOf(assume(roleArn('plain'), { Tags: [{ Key: 'Team', Value: 'b' }] }, first))).toEqual([
      'InvalidParameterValue',
      400,
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    ])
  })

  test('tags need sts:TagSession of the trust policy when a session assumes', async () => {
    const onlyAssume = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: root, Action: 'sts:AssumeRole' }],
    })
    await createRole('untagged', onlyAssume)
    const session = await clientOf(roleArn('powerful'))
    expect(await refusalOf(assume(roleArn('untagged'), { Tags: [{ Key: 'a', Value: 'b' }] }, session))).toEqual(
      denied(`arn:aws:sts::${account}:assumed-role/powerful/tester`, roleArn('untagged'), 'sts:TagSession'),
    )
  })

  test('a trust policy that names a role means that role’s id: made anew, it gains nothing', async () => {
    await createRole('caller')
    await createRole('target', trust({ AWS: roleArn('caller') }))
    await assume(roleArn('target'), {}, await clientOf(roleArn('caller')))
    await iam.send(new DeleteRoleCommand({ RoleName: 'caller' }))
    const stored = await iam.send(new GetRoleCommand({ RoleName: 'target' }))
    expect(decodeURIComponent(stored.Role?.AssumeRolePolicyDocument ?? '')).toMatch(/"AWS":"AROA[A-Z2-7]{17}"/)
    await createRole('caller')
    const [code] = await refusalOf(assume(roleArn('target'), {}, await clientOf(roleArn('caller'))))
    expect(code).toBe('AccessDenied')
  })

  test('another account needs both sides', async () => {
    const [, partner] = sandbox.accounts
    const there = new STSClient({ ...sandbox.config, credentials: partner?.admin ?? sandbox.config.credentials })
    expect(await refusalOf(assume(roleArn('plain'), {}, there))).toEqual(
      denied(`arn:aws:iam::${partner?.id}:user/admin`, roleArn('plain')),
    )
    await createRole('for-partner', trust({ AWS: partner?.id }))
    expect((await assume(roleArn('for-partner'), {}, there)).AssumedRoleUser?.Arn).toContain(
      `:${account}:assumed-role/for-partner/`,
    )
  })
})

describe('a session', () => {
  test('dies with its role, also when one of the same name is made', async () => {
    await createRole('mortal')
    const session = await clientOf(roleArn('mortal'))
    await session.send(new GetCallerIdentityCommand({}))
    await iam.send(new DeleteRoleCommand({ RoleName: 'mortal' }))
    const dead: [string, number, string] = [
      'InvalidClientTokenId',
      403,
      'The security token included in the request is invalid.',
    ]
    expect(await refusalOf(session.send(new GetCallerIdentityCommand({})))).toEqual(dead)
    await createRole('mortal')
    expect(await refusalOf(session.send(new GetCallerIdentityCommand({})))).toEqual(dead)
  })

  test('lives on when the trust policy changes, and loses what the role loses', async () => {
    await createRole('changing')
    await iam.send(
      new AttachRolePolicyCommand({ RoleName: 'changing', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }),
    )
    const credentials = credentialsOf(await assume(roleArn('changing')))
    const own = new IAMClient({ ...sandbox.config, credentials })
    await own.send(new GetRoleCommand({ RoleName: 'plain' }))
    await iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: 'changing', PolicyDocument: trust({ AWS: roleArn('plain') }) }),
    )
    await own.send(new GetRoleCommand({ RoleName: 'plain' }))
    await iam.send(
      new DetachRolePolicyCommand({ RoleName: 'changing', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }),
    )
    expect(await refusalOf(own.send(new GetRoleCommand({ RoleName: 'plain' })))).toEqual([
      'AccessDenied',
      403,
      `User: arn:aws:sts::${account}:assumed-role/changing/tester is not authorized to perform: iam:GetRole on resource: role plain because no identity-based policy allows the iam:GetRole action`,
    ])
  })

  test('cannot get a session token or a federation token', async () => {
    const session = await clientOf(roleArn('powerful'))
    expect(await refusalOf(session.send(new GetSessionTokenCommand({})))).toEqual([
      'AccessDenied',
      403,
      'Cannot call GetSessionToken with session credentials',
    ])
    expect(await refusalOf(session.send(new GetFederationTokenCommand({ Name: 'bob' })))).toEqual([
      'AccessDenied',
      403,
      'Cannot call GetFederationToken with session credentials',
    ])
  })
})

describe('the other calls', () => {
  test('GetSessionToken stays the user, and may do little without MFA', async () => {
    const credentials = credentialsOf(await sts.send(new GetSessionTokenCommand({})))
    const own = new STSClient({ ...sandbox.config, credentials })
    expect((await own.send(new GetCallerIdentityCommand({}))).Arn).toBe(admin)
    await assume(roleArn('plain'), {}, own)
    const [code] = await refusalOf(
      new IAMClient({ ...sandbox.config, credentials }).send(new GetRoleCommand({ RoleName: 'plain' })),
    )
    expect(code).toBe('InvalidClientTokenId')
    const keyInfo = new GetAccessKeyInfoCommand({ AccessKeyId: credentials.accessKeyId })
    expect((await refusalOf(own.send(keyInfo)))[0]).toBe('AccessDenied')
    expect((await sts.send(keyInfo)).Account).toBe(account)
  })

  test('GetFederationToken', async () => {
    const answer = await sts.send(new GetFederationTokenCommand({ Name: 'bob' }))
    expect(answer).toMatchObject({
      PackedPolicySize: 0,
      FederatedUser: { Arn: `arn:aws:sts::${account}:federated-user/bob`, FederatedUserId: `${account}:bob` },
    })
    const own = new STSClient({ ...sandbox.config, credentials: credentialsOf(answer) })
    expect(await own.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: answer.FederatedUser?.Arn,
      UserId: `${account}:bob`,
    })
    const long = 'x'.repeat(2049)
    expect(await refusalOf(sts.send(new GetFederationTokenCommand({ Name: 'bob', Policy: long })))).toEqual([
      'ValidationError',
      400,
      `1 validation error detected: Value '${long}' at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048`,
    ])
  })

  test('DecodeAuthorizationMessage has nothing that it could decode', async () => {
    const [code, status] = await refusalOf(sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x' })))
    expect([code, status]).toEqual(['InvalidAuthorizationMessageException', 400])
  })

  test('a caller without the permission', async () => {
    const session = await clientOf(roleArn('plain'))
    const me = `arn:aws:sts::${account}:assumed-role/plain/tester`
    expect(await refusalOf(session.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })))).toEqual(
      [
        'AccessDenied',
        403,
        `User: ${me} is not authorized to perform: sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action`,
      ],
    )
  })
})

describe('the root user', () => {
  const config = () => ({
    ...sandbox.config,
    credentials: { accessKeyId: '', secretAccessKey: '', ...sandbox.accounts[0]?.root },
  })
  const rootArn = `arn:aws:iam::${account}:root`

  test('is the account, and may everything but assume a role', async () => {
    const own = new STSClient(config())
    expect(await own.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: account,
      Arn: rootArn,
      UserId: account,
    })
    expect((await new IAMClient(config()).send(new GetRoleCommand({ RoleName: 'plain' }))).Role?.RoleName).toBe('plain')
    expect(await refusalOf(assume(roleArn('plain'), {}, own))).toEqual([
      'AccessDenied',
      403,
      'Roles may not be assumed by root accounts.',
    ])
  })

  test('gets a session token for an hour at most', async () => {
    const { Credentials } = await new STSClient(config()).send(new GetSessionTokenCommand({ DurationSeconds: 43_200 }))
    expect((Credentials?.Expiration?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000)
    const own = new STSClient({ ...sandbox.config, credentials: credentialsOf({ Credentials }) })
    expect((await own.send(new GetCallerIdentityCommand({}))).Arn).toBe(rootArn)
  })
})

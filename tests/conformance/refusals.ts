import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { addAccount, type SandboxAccount } from '../../sandbox/index.ts'
import { credentialsOf, type TestSandbox } from './sandbox-for-tests.ts'

/** What a row's caller does: list the images of a repository, assume a role, read a role. */
export type Asks = { images: string; registryId?: string } | { assume: string } | { role: string }

/** One refusal that the sandbox can give. */
export interface Refusal {
  name: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  asks: Asks
  /** What AWS appends to an explicit deny of a managed policy. */
  policyArn: RegExp | null
}

/** Names of all rows, in their order. */
export const refusalNames = [
  'identity-based, implicit',
  'identity-based, explicit',
  'identity-based, explicit, managed',
  'identity-based, implicit, IAM',
  'resource-based, implicit',
  'resource-based, explicit',
  'permissions boundary, implicit',
  'permissions boundary, explicit',
  'session policy, implicit',
  'session policy, explicit',
  'session policy, explicit, managed',
  'service control policy, implicit',
  'service control policy, explicit',
  'resource control policy, explicit',
  'role trust policy, implicit',
  'role trust policy, explicit',
] as const

const document = (...Statement: unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const reads = ['ecr:ListImages', 'ecr:BatchGetImage']
const all = { Effect: 'Allow', Action: '*', Resource: '*' }
const login = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }
const denial = { Effect: 'Deny', Action: reads, Resource: '*' }

/** Makes, in a sandbox, everything that the rows need. */
export async function makeRefusals(sandbox: TestSandbox): Promise<Refusal[]> {
  const { config } = sandbox
  const [, partner] = sandbox.accounts
  if (!partner) throw new Error('the sandbox has two accounts')
  const iam = new IAMClient(config)
  const repository = async (name: string, credentials = config.credentials, policyText?: string) => {
    const ecr = new ECRClient({ ...config, credentials: { ...credentials } })
    await ecr.send(new CreateRepositoryCommand({ repositoryName: name }))
    if (policyText) await ecr.send(new SetRepositoryPolicyCommand({ repositoryName: name, policyText }))
  }
  const policy = async (PolicyName: string, text: string) => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: text }))
    return Policy?.Arn ?? ''
  }
  const user = async (UserName: string, text: string, managed: { attached?: string; boundary?: string } = {}) => {
    const PermissionsBoundary = managed.boundary
    await iam.send(new CreateUserCommand({ UserName, PermissionsBoundary }))
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: text }))
    if (managed.attached) {
      const { AttachUserPolicyCommand } = await import('@aws-sdk/client-iam')
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: managed.attached }))
    }
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  }
  const trusting = (Effect: string, AWS: string) => document({ Effect, Principal: { AWS }, Action: 'sts:AssumeRole' })
  const role = (RoleName: string, trust: string) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
  const session = async (RoleSessionName: string, limits: { Policy?: string; PolicyArns?: { arn: string }[] }) => {
    const RoleArn = 'arn:aws:iam::111122223333:role/reader'
    return credentialsOf(
      await new STSClient(config).send(new AssumeRoleCommand({ RoleArn, RoleSessionName, ...limits })),
    )
  }
  const member = async (
    id: string,
    policies: Pick<NonNullable<Parameters<typeof addAccount>[1]>, 'scps' | 'rcps' | 'fullAccess'>,
  ): Promise<SandboxAccount> => {
    // The repository is made before the policies bind: they may forbid it.
    const account = await addAccount(sandbox.directory, { id })
    await repository('team-a/alpine', account.admin)
    return addAccount(sandbox.directory, { id, ...policies })
  }

  await repository('team-a/alpine')
  const closed = document({ Sid: 'closed', Effect: 'Deny', Principal: '*', Action: reads })
  await repository('team-b/alpine', config.credentials, closed)
  await repository('team-c/alpine', partner.admin)
  await role('reader', trusting('Allow', '111122223333'))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'own', PolicyDocument: document(all) }))
  await role('deploy', trusting('Allow', 'arn:aws:iam::111122223333:role/reader'))
  await role(
    'vault',
    document(
      { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/mia' } },
      },
    ),
  )
  const noReading = await policy('no-reading', document(all, denial))
  const onlyLogin = await policy('only-login', document(login))
  const pageScp = await member('222233334444', { scps: [{ name: 'no-reading.json', text: document(denial) }] })
  const narrow = await member('333344445555', {
    scps: [{ name: 'only-login.json', text: document(login) }],
    fullAccess: false,
  })
  const guarded = await member('555566667777', {
    rcps: [{ name: 'closed.json', text: document({ ...denial, Principal: '*' }) }],
  })

  const arn = (name: string) => new RegExp(`^arn:aws:iam::111122223333:policy/${name}$`)
  const scp = /^arn:aws:organizations::777788889999:policy\/o-accesslab01\/service_control_policy\/p-[a-z0-9]{8}$/
  const rcp = /^arn:aws:organizations::777788889999:policy\/o-accesslab01\/resource_control_policy\/p-[a-z0-9]{8}$/
  const row = (credentials: Refusal['credentials'], asks: Asks, policyArn: RegExp | null = null) => ({
    credentials,
    asks,
    policyArn,
  })
  const teamA: Asks = { images: 'team-a/alpine' }
  const rows: Record<(typeof refusalNames)[number], Omit<Refusal, 'name'>> = {
    'identity-based, implicit': row(await user('ann', document(login)), teamA),
    'identity-based, explicit': row(await user('ben', document(all, denial)), teamA),
    'identity-based, explicit, managed': row(
      await user('cleo', document(all), { attached: noReading }),
      teamA,
      arn('no-reading'),
    ),
    'identity-based, implicit, IAM': row(await user('dan', document(login)), { role: 'reader' }),
    'resource-based, implicit': row(await user('eve', document(all)), {
      images: 'team-c/alpine',
      registryId: partner.id,
    }),
    'resource-based, explicit': row(await user('finn', document(all)), { images: 'team-b/alpine' }),
    'permissions boundary, implicit': row(await user('gus', document(all), { boundary: onlyLogin }), teamA),
    'permissions boundary, explicit': row(
      await user('hal', document(all), { boundary: noReading }),
      teamA,
      arn('no-reading'),
    ),
    'session policy, implicit': row(await session('narrow', { Policy: document(login) }), teamA),
    'session policy, explicit': row(await session('denied', { Policy: document(all, denial) }), teamA),
    'session policy, explicit, managed': row(
      await session('managed', { PolicyArns: [{ arn: noReading }] }),
      teamA,
      arn('no-reading'),
    ),
    'service control policy, implicit': row({ ...narrow.admin }, teamA),
    'service control policy, explicit': row({ ...pageScp.admin }, teamA, scp),
    'resource control policy, explicit': row({ ...guarded.admin }, teamA, rcp),
    'role trust policy, implicit': row(await user('kim', document(all)), { assume: 'deploy' }),
    'role trust policy, explicit': row(await user('mia', document(all)), { assume: 'vault' }),
  }
  return refusalNames.map(name => ({ name, ...rows[name] }))
}

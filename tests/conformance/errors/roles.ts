import trustRows from '../../corpus/trust-policy.json' with { type: 'json' }
import type { Refusal, Scene, Scenes } from './scene.ts'
import { allow, document, trustOf, type World } from './world.ts'

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const inline = { PolicyName: 'inline', PolicyDocument: document(allow('ecr:ListImages')) }

/** What an operation on a role needs beside its name. */
const inputs: Readonly<Record<string, (world: World) => object>> = {
  TagRole: () => ({ Tags: [{ Key: 'k', Value: 'v' }] }),
  UntagRole: () => ({ TagKeys: ['k'] }),
  PutRolePolicy: () => inline,
  GetRolePolicy: () => ({ PolicyName: 'inline' }),
  DeleteRolePolicy: () => ({ PolicyName: 'inline' }),
  PutRolePermissionsBoundary: () => ({ PermissionsBoundary: readOnly }),
  UpdateAssumeRolePolicy: world => ({ PolicyDocument: trustOf(world.accountId) }),
  AttachRolePolicy: () => ({ PolicyArn: readOnly }),
}

const missing: Scene = (world, operation) => {
  const RoleName = world.name()
  return {
    call: () => world.iam(operation, { RoleName, ...inputs[operation]?.(world) }),
    values: { RoleName },
  }
}

/** Gives the trust policy to a new role, or to one that is there. */
const withTrust =
  (text: string | ((world: World) => string), values: (world: World) => Refusal['values'] = () => ({})): Scene =>
  async (world, operation) => {
    const trust = typeof text === 'string' ? text.replaceAll('111122223333', world.accountId) : text(world)
    if (operation === 'CreateRole') {
      const input = { RoleName: world.name(), AssumeRolePolicyDocument: trust }
      return { call: () => world.iam('CreateRole', input), values: values(world) ?? {} }
    }
    const { RoleName } = await world.role()
    const call = () => world.iam('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: trust })
    return { call, values: values(world) ?? {} }
  }

const byTable: Scenes = Object.fromEntries(
  trustRows.map(({ situation, document: text }) => [situation, withTrust(text, () => ({ value: '<value>' }))]),
)

/** A role with something that keeps it from being deleted. */
const held =
  (hold: (world: World, RoleName: string) => Promise<unknown>): Scene =>
  async world => {
    const { RoleName } = await world.role()
    await hold(world, RoleName)
    return { call: () => world.iam('DeleteRole', { RoleName }) }
  }

const withProfile = async (world: World, RoleName: string): Promise<string> => {
  const InstanceProfileName = world.name()
  await world.iam('CreateInstanceProfile', { InstanceProfileName })
  await world.iam('AddRoleToInstanceProfile', { InstanceProfileName, RoleName })
  return InstanceProfileName
}

const boundary =
  (arnOf: (world: World) => string): Scene =>
  async (world, operation) => {
    const PermissionsBoundary = arnOf(world)
    const values = { arn: PermissionsBoundary }
    if (operation === 'CreateRole') {
      const input = { RoleName: world.name(), AssumeRolePolicyDocument: trustOf(world.accountId), PermissionsBoundary }
      return { call: () => world.iam('CreateRole', input), values }
    }
    const { RoleName } = await world.role()
    return { call: () => world.iam('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary }), values }
  }

const maxDuration: Scene = world => {
  const role = { RoleName: world.name(), AssumeRolePolicyDocument: trustOf(world.accountId) }
  const at = (MaxSessionDuration: number, word: string, bound: string): Refusal => ({
    call: () => world.iam('CreateRole', { ...role, MaxSessionDuration }),
    values: { 'less|greater': word, '43200|3600': bound },
  })
  return [at(43_201, 'less', '43200'), at(3599, 'greater', '3600')]
}

const create = (world: World, input: object): Refusal => {
  const role = { RoleName: world.name(), AssumeRolePolicyDocument: trustOf(world.accountId) }
  return { call: () => world.iam('CreateRole', { ...role, ...input }) }
}

export const roleScenes: Scenes = {
  ...byTable,
  'role does not exist': missing,
  'CreateRole: name taken': async world => {
    const { RoleName } = await world.role()
    return { ...create(world, { RoleName }), values: { RoleName } }
  },
  'DeleteRole: managed policy still attached': held((world, RoleName) =>
    world.iam('AttachRolePolicy', { RoleName, PolicyArn: readOnly }),
  ),
  'DeleteRole: inline policy still present': held((world, RoleName) =>
    world.iam('PutRolePolicy', { RoleName, ...inline }),
  ),
  'DeleteRole: role in an instance profile': held(withProfile),
  'DeleteRole: service-linked/protected role': async world => {
    const { Role } = await world.iam('CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' })
    return { call: () => world.iam('DeleteRole', { RoleName: Role.RoleName }), values: { RoleName: Role.RoleName } }
  },
  'trust Principal AWS names a role/user/account that does not exist (or not propagated yet)': withTrust(
    world => trustOf(world.accountId, { Principal: { AWS: world.arn('role', 'nobody-at-all') } }),
    world => ({ acct: world.accountId, name: 'nobody-at-all' }),
  ),
  'CreateRole: trust Principal Service unknown': withTrust(
    world => trustOf(world.accountId, { Principal: { Service: 'nothing.amazonaws.com.cn' }, Action: 'sts:AssumeRole' }),
    () => ({ service: 'nothing.amazonaws.com.cn' }),
  ),
  'boundary ARN malformed': boundary(() => 'not-an-arn-of-anything'),
  'boundary policy does not exist': boundary(world => world.arn('policy', 'nobody-at-all')),
  'AttachRolePolicy: quota': async world => {
    const { RoleName } = await world.role()
    const { Policies } = await world.iam('ListPolicies', { Scope: 'AWS', MaxItems: 11 })
    const [last, ...first] = (Policies as { Arn: string }[]).map(({ Arn }) => Arn)
    for (const PolicyArn of first) await world.iam('AttachRolePolicy', { RoleName, PolicyArn })
    return { call: () => world.iam('AttachRolePolicy', { RoleName, PolicyArn: last }) }
  },
  'AddRoleToInstanceProfile: second role': async world => {
    const InstanceProfileName = await withProfile(world, (await world.role()).RoleName)
    const { RoleName } = await world.role()
    return { call: () => world.iam('AddRoleToInstanceProfile', { InstanceProfileName, RoleName }) }
  },
  'CreateRole: RoleName >64': world => create(world, { RoleName: 'x'.repeat(65) }),
  'CreateRole: RoleName missing': world => create(world, { RoleName: undefined }),
  'CreateRole: MaxSessionDuration out of 3600..43200': maxDuration,
}

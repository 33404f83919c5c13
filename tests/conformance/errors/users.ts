import type { Scene, Scenes } from './scene.ts'
import { allow, document, type World } from './world.ts'

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const Password = 'Correct-Horse-9-battery'

const plainUser = async (world: World): Promise<string> => {
  const UserName = world.name()
  await world.iam('CreateUser', { UserName })
  return UserName
}

const newGroup = async (world: World): Promise<string> => {
  const GroupName = world.name()
  await world.iam('CreateGroup', { GroupName })
  return GroupName
}

const inputs: Readonly<Record<string, (world: World) => object | Promise<object>>> = {
  TagUser: () => ({ Tags: [{ Key: 'k', Value: 'v' }] }),
  UntagUser: () => ({ TagKeys: ['k'] }),
  AddUserToGroup: async world => ({ GroupName: await newGroup(world) }),
  // The group is not there either: the user is looked for first.
  RemoveUserFromGroup: world => ({ GroupName: world.name() }),
  CreateLoginProfile: () => ({ Password }),
}

const missing: Scene = async (world, operation) => {
  const UserName = world.name()
  const more = await inputs[operation]?.(world)
  return { call: () => world.iam(operation, { UserName, ...more }), values: { UserName } }
}

const held =
  (hold: (world: World, UserName: string) => Promise<unknown>): Scene =>
  async world => {
    const UserName = await plainUser(world)
    await hold(world, UserName)
    return { call: () => world.iam('DeleteUser', { UserName }) }
  }

const join = async (world: World, UserName: string): Promise<string> => {
  const GroupName = await newGroup(world)
  await world.iam('AddUserToGroup', { GroupName, UserName })
  return GroupName
}

const badKey = 'AKIAIOSFODNN7EXAMPLE'

/** A name with a character that IAM does not take, where each noun is made or written. */
const badName =
  (noun: 'Role' | 'User' | 'Policy' | 'Group', input: (world: World) => object = () => ({})): Scene =>
  world => ({ call: () => world.iam(`Create${noun}`, { [`${noun}Name`]: 'bad name', ...input(world) }) })

const badPath = { Path: 'no-slash' }

export const userScenes: Scenes = {
  'user does not exist (RemoveUserFromGroup checks the user before the group)': missing,
  'CreateUser: name taken': async world => {
    const UserName = await plainUser(world)
    return { call: () => world.iam('CreateUser', { UserName }), values: { UserName } }
  },
  'DeleteUser: managed policy attached': held((world, UserName) =>
    world.iam('AttachUserPolicy', { UserName, PolicyArn: readOnly }),
  ),
  'DeleteUser: inline policy present': held((world, UserName) =>
    world.iam('PutUserPolicy', {
      UserName,
      PolicyName: 'inline',
      PolicyDocument: document(allow('ecr:ListImages')),
    }),
  ),
  'DeleteUser: access keys present': held((world, UserName) => world.iam('CreateAccessKey', { UserName })),
  'DeleteUser: login profile present': held((world, UserName) =>
    world.iam('CreateLoginProfile', { UserName, Password }),
  ),
  'DeleteUser: member of a group': held(join),
  'DeleteUser: service-specific credential present': held((world, UserName) =>
    world.iam('CreateServiceSpecificCredential', { UserName, ServiceName: 'codecommit.amazonaws.com' }),
  ),
  'DeleteGroup: has members': async world => {
    const GroupName = await join(world, await plainUser(world))
    return { call: () => world.iam('DeleteGroup', { GroupName }) }
  },
  'CreateAccessKey: third key': async world => {
    const UserName = await plainUser(world)
    const add = () => world.iam('CreateAccessKey', { UserName })
    await add()
    await add()
    return { call: add }
  },
  'key does not exist': async (world, operation) => {
    const UserName = await plainUser(world)
    const input = { UserName, AccessKeyId: badKey, ...(operation === 'UpdateAccessKey' ? { Status: 'Inactive' } : {}) }
    return { call: () => world.iam(operation, input), values: { AccessKeyId: badKey } }
  },
  'UserName omitted and caller is not an IAM user (role session)': async (world, operation) => {
    const { RoleName, Arn } = await world.role()
    await world.iam('AttachRolePolicy', { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' })
    const session = world.as(await world.session(Arn))
    return { call: () => session.iam(operation, { AccessKeyId: badKey }) }
  },
  'GetAccessKeyLastUsed: key unknown': async world => {
    const { Arn } = await world.sts('GetCallerIdentity')
    return {
      call: () => world.iam('GetAccessKeyLastUsed', { AccessKeyId: badKey }),
      values: { 'caller-arn': Arn, AccessKeyId: badKey },
    }
  },
  'CreateGroup: name taken': async world => {
    const GroupName = await newGroup(world)
    return { call: () => world.iam('CreateGroup', { GroupName }), values: { GroupName } }
  },
  'group does not exist': async (world, operation) => {
    const GroupName = world.name()
    const more = {
      UpdateGroup: { NewGroupName: 'other' },
      AddUserToGroup: operation === 'AddUserToGroup' ? { UserName: await plainUser(world) } : {},
    }[operation]
    return { call: () => world.iam(operation, { GroupName, ...more }), values: { GroupName } }
  },
  'GetLoginProfile|DeleteLoginProfile: none': async (world, operation) => {
    const UserName = await plainUser(world)
    return { call: () => world.iam(operation, { UserName }), values: { UserName } }
  },
  'roleName has a character outside [\\w+=,.@-]': badName('Role', () => ({ AssumeRolePolicyDocument: '{}' })),
  'userName has a character outside [\\w+=,.@-]': badName('User'),
  'policyName has a character outside [\\w+=,.@-]': badName('Policy', () => ({ PolicyDocument: '{}' })),
  'groupName has a character outside [\\w+=,.@-]': badName('Group'),
  'CreateRole: bad Path': world => ({
    call: () => world.iam('CreateRole', { RoleName: world.name(), AssumeRolePolicyDocument: '{}', ...badPath }),
  }),
  'CreateUser: bad Path': world => ({ call: () => world.iam('CreateUser', { UserName: world.name(), ...badPath }) }),
}

import type { Scene, Scenes } from './scene.ts'
import { newPolicy } from './tags.ts'
import { allow, document, type World } from './world.ts'

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const PolicyDocument = document(allow('ecr:ListImages'))

const nouns = ['Role', 'User', 'Group'] as const
type Noun = (typeof nouns)[number]
const nounIn = (operation: string): Noun => nouns.find(noun => operation.includes(noun)) ?? 'Role'

/** A new role, user or group, as the operation's own parameter. */
const holderFor = async (world: World, noun: Noun): Promise<Record<string, string>> => {
  if (noun === 'Role') return { RoleName: (await world.role()).RoleName }
  const named = { [`${noun}Name`]: world.name() }
  await world.iam(`Create${noun}`, named)
  return named
}

const withPolicyArn =
  (arnOf: (world: World) => string | Promise<string>, placeholder = 'arn'): Scene =>
  async (world, operation) => {
    const PolicyArn = await arnOf(world)
    const holder = /^(Attach|Detach)/.test(operation) ? await holderFor(world, nounIn(operation)) : {}
    const more = { TagPolicy: { Tags: [{ Key: 'k', Value: 'v' }] }, UntagPolicy: { TagKeys: ['k'] } }[operation] ?? {}
    return {
      call: () => world.iam(operation, { ...holder, PolicyArn, ...more }),
      values: { [placeholder]: PolicyArn },
    }
  }

const nowhere = (world: World): string => world.arn('policy', 'nobody-at-all')

const noInline: Scene = async (world, operation) => {
  const holder = await holderFor(world, nounIn(operation))
  const PolicyName = world.name()
  return { call: () => world.iam(operation, { ...holder, PolicyName }), values: { PolicyName } }
}

const version =
  (VersionId: string): Scene =>
  async (world, operation) => {
    const there = await newPolicy(world)
    return [there, nowhere(world)].map(PolicyArn => ({
      call: () => world.iam(operation, { PolicyArn, VersionId }),
      values: { arn: PolicyArn, vN: VersionId },
    }))
  }

/** A sentence that reaches any size. */
const long = (size: number): string =>
  document(
    allow(
      'ecr:ListImages',
      Array(Math.ceil(size / 62)).fill(`arn:aws:ecr:us-west-2:111122223333:repository/${'x'.repeat(15)}`),
    ),
  )

const tooLarge: Scene = async (world, operation) => {
  const noun = nounIn(operation)
  const holder = await holderFor(world, noun)
  const bytes = { Role: 10_240, User: 2048, Group: 5120 }[noun]
  return {
    call: () => world.iam(operation, { ...holder, PolicyName: 'big', PolicyDocument: long(bytes) }),
    values: {
      '10240|2048|5120': String(bytes),
      'role|user|group': noun.toLowerCase(),
      name: Object.values(holder)[0] ?? '',
    },
  }
}

const written =
  (text: string): Scene =>
  async (world, operation) => {
    if (operation === 'CreatePolicy') {
      const PolicyName = world.name()
      return { call: () => world.iam(operation, { PolicyName, PolicyDocument: text }) }
    }
    const of =
      operation === 'CreatePolicyVersion'
        ? { PolicyArn: await newPolicy(world) }
        : { ...(await holderFor(world, nounIn(operation))), PolicyName: 'inline' }
    return { call: () => world.iam(operation, { ...of, PolicyDocument: text }) }
  }

const aws =
  (more: object = {}): Scene =>
  (world, operation) => ({ call: () => world.iam(operation, { PolicyArn: readOnly, ...more }) })

/** The rows that quote their document in the situation. */
export const quotedDocument = (situation: string): Scene | undefined => {
  const [, text] = /^PolicyDocument = (.*)$/s.exec(situation) ?? []
  return text === undefined ? undefined : written(text)
}

export const policyScenes: Scenes = {
  'PolicyArn is not an ARN': withPolicyArn(() => 'not-an-arn-of-anything', 'value'),
  'policy does not exist': withPolicyArn(nowhere),
  'policy not attached, or does not exist': async (world, operation) => [
    ...[await withPolicyArn(nowhere)(world, operation)].flat(),
    ...[await withPolicyArn(newPolicy)(world, operation)].flat(),
  ],
  'inline policy does not exist': noInline,
  'sum of inline policies over 10240/2048/5120': tooLarge,
  'CreatePolicy: name taken': async world => {
    const PolicyName = world.name()
    await world.iam('CreatePolicy', { PolicyName, PolicyDocument })
    return { call: () => world.iam('CreatePolicy', { PolicyName, PolicyDocument }), values: { PolicyName } }
  },
  '5 versions exist': async world => {
    const PolicyArn = await newPolicy(world)
    const add = () => world.iam('CreatePolicyVersion', { PolicyArn, PolicyDocument })
    for (let count = 2; count <= 5; count += 1) await add()
    return { call: add }
  },
  'policy or version does not exist': version('v7'),
  'version id not v<n>': (world, operation) => ({
    call: () => world.iam(operation, { PolicyArn: nowhere(world), VersionId: 'latest' }),
  }),
  'is the default version': async (world, operation) => {
    const PolicyArn = await newPolicy(world)
    return { call: () => world.iam(operation, { PolicyArn, VersionId: 'v1' }) }
  },
  'DeletePolicy: attached to an entity': async world => {
    const PolicyArn = await newPolicy(world)
    const { RoleName } = await world.role()
    await world.iam('AttachRolePolicy', { RoleName, PolicyArn })
    return { call: () => world.iam('DeletePolicy', { PolicyArn }) }
  },
  'DeletePolicy: other versions exist': async world => {
    const PolicyArn = await newPolicy(world)
    await world.iam('CreatePolicyVersion', { PolicyArn, PolicyDocument })
    return { call: () => world.iam('DeletePolicy', { PolicyArn }) }
  },
  'DeletePolicy: does not exist': withPolicyArn(nowhere),
  'TagPolicy: does not exist': withPolicyArn(nowhere),
  'UntagPolicy: does not exist': withPolicyArn(nowhere),
  'GetPolicy: does not exist': withPolicyArn(nowhere),
  'ListEntitiesForPolicy: does not exist': withPolicyArn(nowhere),
  'DeletePolicy: AWS managed policy': aws(),
  'DeletePolicyVersion: AWS managed policy': aws({ VersionId: 'v1' }),
  'SetDefaultPolicyVersion: AWS managed policy': aws({ VersionId: 'v1' }),
  'document over 6144 non-white-space characters': written(long(6200)),
  'Sid not [0-9A-Za-z]*': written(document({ Sid: 'with-hyphen', ...allow('ecr:ListImages') })),
  'identity policy with Principal': written(document({ Principal: '*', ...allow('ecr:ListImages') })),
}

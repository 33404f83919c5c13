import type { Refusal, Scene, Scenes } from './scene.ts'
import { allow, document, trustOf, type World } from './world.ts'

type Tag = { Key: string; Value: string }

const PolicyDocument = document(allow('ecr:ListImages'))

export const newPolicy = async (world: World): Promise<string> => {
  const { Policy } = await world.iam('CreatePolicy', { PolicyName: world.name(), PolicyDocument })
  return Policy.Arn
}

/** The call that would put the tags on a role or policy, new or there. */
const tagging = async (world: World, operation: string, Tags: Tag[]): Promise<() => Promise<unknown>> => {
  switch (operation) {
    case 'CreateRole': {
      const RoleName = world.name()
      return () => world.iam(operation, { RoleName, AssumeRolePolicyDocument: trustOf(world.accountId), Tags })
    }
    case 'CreatePolicy': {
      const PolicyName = world.name()
      return () => world.iam(operation, { PolicyName, PolicyDocument, Tags })
    }
    case 'TagRole': {
      const { RoleName } = await world.role()
      return () => world.iam(operation, { RoleName, Tags })
    }
    case 'TagPolicy': {
      const PolicyArn = await newPolicy(world)
      return () => world.iam(operation, { PolicyArn, Tags })
    }
    default:
      throw new Error(`${operation} puts no tags`)
  }
}

const untagging = async (world: World, operation: string, TagKeys: string[]): Promise<() => Promise<unknown>> => {
  const of =
    operation === 'UntagRole' ? { RoleName: (await world.role()).RoleName } : { PolicyArn: await newPolicy(world) }
  return () => world.iam(operation, { ...of, TagKeys })
}

const tagged =
  (...sets: Tag[][]): Scene =>
  async (world, operation) => {
    const refusals: Refusal[] = []
    for (const tags of sets)
      refusals.push({ call: await tagging(world, operation, tags), values: { n: String(tags.length) } })
    return refusals
  }

const tag = (Key: string, Value = 'v'): Tag => ({ Key, Value })
const many = (count: number): Tag[] => Array.from({ length: count }, (_, at) => tag(`k${at}`))

export const tagScenes: Scenes = {
  'CreateRole: more than 50 tags': tagged(many(51)),
  'duplicate tag keys (also differing only in case)': tagged([tag('a'), tag('a')], [tag('a'), tag('A')]),
  'tag key >128': tagged([tag('ok'), tag('k'.repeat(129))]),
  'tag value >256': tagged([tag('k', 'v'.repeat(257))]),
  'tag key bad character': tagged([tag('a'), tag('b'), tag('c?')]),
  'exact duplicate tag keys (policy tag keys are case SENSITIVE)': tagged([tag('a'), tag('a', 'w')]),
  '>50 keys': async (world, operation) => ({
    call: await untagging(
      world,
      operation,
      many(51).map(({ Key }) => Key),
    ),
  }),
  'a key too long or with bad characters': async (world, operation) => [
    { call: await untagging(world, operation, ['k'.repeat(129)]) },
    { call: await untagging(world, operation, ['a', 'b?']) },
  ],
}

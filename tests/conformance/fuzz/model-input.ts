import type { Shape, Structure } from '../../../sandbox/wire/shape.ts'
import type { Chance } from './chance.ts'

const words = [
  '',
  'a',
  'x'.repeat(5000),
  '../../state',
  '\u0000\u0007',
  'é😀\u202e',
  '*',
  '%00%ff',
  '__proto__',
  'constructor',
  'v1',
  'latest',
  'arn:aws:iam::111122223333:role/x',
  'arn:aws:iam::aws:policy/ReadOnlyAccess',
  'arn:aws:ecr:us-west-2:111122223333:repository/a',
  'arn:::::',
  '111122223333',
  'fuzz',
  'team-a/alpine',
  `sha256:${'0'.repeat(64)}`,
]
const keys = [
  'Version',
  'Statement',
  'Sid',
  'Id',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'AWS',
  'Service',
  'StringLike',
  'ForAllValues:StringEquals',
  'aws:username',
  'rules',
  'layers',
  'config',
  'manifests',
  'digest',
  '__proto__',
  '',
]
const leaves: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  'Allow',
  'Deny',
  'allow',
  '2012-10-17',
  '2008-10-17',
  'ecr:*',
  'ecr:ListImages',
  'sts:AssumeRole',
  '*',
  '${aws:username}',
  '${',
  '',
  'arn:aws:s3:::a',
  'arn:aws:iam::111122223333:root',
  [],
]

/** JSON that looks like a policy, a manifest or a lifecycle from afar. */
const jsonTree = (chance: Chance, depth: number): unknown => {
  if (depth === 0 || chance.percent(20)) return chance.pick(leaves)
  if (chance.percent(25)) return Array.from({ length: chance.below(4) }, () => jsonTree(chance, depth - 1))
  return Object.fromEntries(
    Array.from({ length: chance.below(6) }, () => [chance.pick(keys), jsonTree(chance, depth - 1)]),
  )
}

const statement = (chance: Chance): unknown => ({
  Effect: 'Allow',
  Action: 'ecr:ListImages',
  Resource: '*',
  [chance.pick(keys)]: jsonTree(chance, 3),
})

const document = (chance: Chance): string => {
  const value = chance.percent(50)
    ? { Version: '2012-10-17', Statement: [statement(chance), statement(chance)].slice(chance.below(2)) }
    : jsonTree(chance, 5)
  const text = JSON.stringify(value) ?? ''
  return chance.percent(10) ? text.slice(0, chance.below(text.length)) : text
}

/** Names of what the fuzzed account has, or makes as it is fuzzed: some calls get as far as the state. */
const thereFor = (name: string): string => {
  if (/repositoryName/i.test(name)) return 'team-a/fuzz'
  if (/resourceArn/.test(name)) return 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/fuzz'
  if (/RoleArn|PolicySourceArn/.test(name)) return 'arn:aws:iam::111122223333:role/fuzz'
  if (/(PolicyArn|PermissionsBoundary|^arn)$/.test(name)) return 'arn:aws:iam::111122223333:policy/fuzz'
  if (/OpenIDConnectProviderArn/.test(name)) return 'arn:aws:iam::111122223333:oidc-provider/fuzz.example'
  if (/^Url$/.test(name)) return 'https://fuzz.example'
  if (/registryId/i.test(name)) return '111122223333'
  if (/VersionId/.test(name)) return 'v1'
  if (/^(New)?Path/.test(name)) return '/fuzz/'
  return /status/i.test(name) ? 'Active' : 'fuzz'
}

const isDocument = /Document|policyText|PolicyText|^Policy$|imageManifest$|PolicyInputList/

const scalar = (chance: Chance, kind: Shape['kind'], name: string): unknown => {
  switch (kind) {
    case 'number':
      return chance.pick([0, -1, 1, 900, 3600, 2 ** 31, 1e21, 0.5])
    case 'boolean':
      return chance.percent(50)
    case 'timestamp':
      return chance.pick([0, -1e15, 1e15])
    case 'blob':
      return Buffer.from(chance.noise(chance.below(50)), 'latin1').toString('base64')
    default:
      if (isDocument.test(name) && chance.percent(80)) return document(chance)
      if (chance.percent(50)) return thereFor(name)
      return chance.percent(10) ? chance.noise(chance.below(80)) : chance.pick(words)
  }
}

/** A value for a member of the model; now and then of another kind. */
const valueFor = (chance: Chance, shape: Shape, name: string, depth: number): unknown => {
  if (chance.percent(4)) return chance.pick([null, 1, 'x', [], {}, [[[]]], true, jsonTree(chance, 3)])
  if (depth > 6) return chance.pick(words)
  switch (shape.kind) {
    case 'structure':
      return inputOf(chance, shape, depth + 1)
    case 'list':
      return Array.from({ length: chance.percent(3) ? 120 : chance.below(3) }, () =>
        valueFor(chance, shape.member, name, depth + 1),
      )
    case 'map':
      return { [chance.pick(words)]: valueFor(chance, shape.value, name, depth + 1) }
    default:
      return scalar(chance, shape.kind, name)
  }
}

/** Some of the members that the model knows, with values it does not. */
export const inputOf = (chance: Chance, shape: Structure, depth = 0): Record<string, unknown> => {
  const members = [...shape.members].filter(() => chance.percent(88))
  const known = members.map(([name, member]) => [name, valueFor(chance, member, name, depth)])
  return Object.fromEntries(chance.percent(10) ? [...known, [chance.pick(words), chance.pick(words)]] : known)
}

import * as ecr from '@aws-sdk/client-ecr'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { stepKind, stepKinds } from '../../../runner/index.ts'
import { cliLine, kebab } from '../../../runner/steps/cli-line.ts'

const place = { partition: 'aws', account: '111122223333', region: 'us-west-2' }
const clients: Readonly<Record<string, object>> = { ecr, iam, sts }

test.each([
  ['CreateRole', 'create-role'],
  ['repositoryName', 'repository-name'],
  ['GetSAMLProvider', 'get-saml-provider'],
  ['CreateOpenIDConnectProvider', 'create-open-id-connect-provider'],
  ['EnableMFADevice', 'enable-mfa-device'],
  ['PolicyArn', 'policy-arn'],
  ['RegistryIds', 'registry-ids'],
])('%s is %s', (name, expected) => expect(kebab(name)).toBe(expected))

test.each<[string, Record<string, unknown>, string[]]>([
  ['nothing', {}, []],
  ['an absent member', { maxResults: undefined }, []],
  ['a flag', { force: true }, ['--force']],
  ['a flag that is off', { force: false }, ['--no-force']],
  ['a number', { maxResults: 0 }, ['--max-results', '0']],
  ['a list', { imageIds: [{ imageTag: 'v1' }] }, ['--image-ids', '[{"imageTag":"v1"}]']],
  ['a text with quotes and blanks', { policyText: '{ "a": 1 }' }, ['--policy-text', '{ "a": 1 }']],
])('cliLine: %s', (_, input, options) => {
  expect(cliLine('ecr:ListImages', input)).toEqual(['aws', 'ecr', 'list-images', ...options])
})

const trust = '{"Version":"2012-10-17","Statement":[]}'
const policyArn = 'arn:aws:iam::111122223333:policy/p'

test.each<[string, Record<string, unknown>, string]>([
  [
    'create-repository',
    { 'repository-name': 'a', 'image-tag-mutability': 'IMMUTABLE', tags: { of: 'us' } },
    'aws ecr create-repository --repository-name a --image-tag-mutability IMMUTABLE --tags [{"Key":"of","Value":"us"}]',
  ],
  [
    'set-repository-policy',
    { 'repository-name': 'a', 'policy-text': '{}', force: true },
    'aws ecr set-repository-policy --repository-name a --policy-text {} --force',
  ],
  ['get-repository-policy', { 'repository-name': 'a' }, 'aws ecr get-repository-policy --repository-name a'],
  ['delete-repository-policy', { 'repository-name': 'a' }, 'aws ecr delete-repository-policy --repository-name a'],
  [
    'list-images',
    { 'repository-name': 'a', filter: { 'tag-status': 'TAGGED' }, 'max-results': 5 },
    'aws ecr list-images --repository-name a --filter {"tagStatus":"TAGGED"} --max-results 5',
  ],
  [
    'describe-images',
    { 'repository-name': 'a', 'image-ids': [{ 'image-tag': 'v1' }] },
    'aws ecr describe-images --repository-name a --image-ids [{"imageTag":"v1"}]',
  ],
  [
    'create-role',
    { 'role-name': 'r', 'assume-role-policy-document': trust, path: '/p/', 'max-session-duration': 7200 },
    `aws iam create-role --role-name r --assume-role-policy-document ${trust} --path /p/ --max-session-duration 7200`,
  ],
  [
    'create-policy',
    { 'policy-name': 'p', 'policy-document': '{}', description: 'a b' },
    'aws iam create-policy --policy-name p --policy-document {} --description a b',
  ],
  [
    'attach-role-policy',
    { 'role-name': 'r', 'policy-arn': policyArn },
    `aws iam attach-role-policy --role-name r --policy-arn ${policyArn}`,
  ],
  [
    'detach-role-policy',
    { 'role-name': 'r', 'policy-arn': policyArn },
    `aws iam detach-role-policy --role-name r --policy-arn ${policyArn}`,
  ],
  [
    'assume-role',
    {
      'role-arn': 'arn:aws:iam::111122223333:role/r',
      'role-session-name': 'ab',
      'policy-arns': [policyArn],
      tags: { a: 'b' },
    },
    `aws sts assume-role --role-arn arn:aws:iam::111122223333:role/r --role-session-name ab --policy-arns [{"arn":"${policyArn}"}] --tags [{"Key":"a","Value":"b"}]`,
  ],
  ['get-caller-identity', {}, 'aws sts get-caller-identity'],
  ['command', { run: ['docker', 'pull', 'a b'] }, 'docker pull a b'],
  ['command', { run: 'echo $HOME | wc', shell: true }, 'echo $HOME | wc'],
  [
    'call',
    { service: 'iam', operation: 'TagRole', input: { RoleName: 'r', Tags: [{ Key: 'a', Value: 'b' }] } },
    'aws iam tag-role --role-name r --tags [{"Key":"a","Value":"b"}]',
  ],
])('%s by hand', (kind, fields, line) => {
  expect(
    stepKind(kind)
      ?.prepare(fields)
      .commands(place)
      .map(each => each.join(' ')),
  ).toEqual([line])
})

const examples = stepKinds.map(kind => [kind.kind, kind.prepare(kind.example)] as const)

test.each(examples)('%s: its commands are the aws CLI’s, without secrets', (_, prepared) => {
  const lines = prepared.commands(place)
  expect(lines.length).toBeGreaterThan(0)
  for (const [program, service = '', command = ''] of lines)
    if (program === 'aws' && service in clients) {
      const names = Object.keys(clients[service] ?? {}).filter(name => name.endsWith('Command'))
      expect(names.map(name => kebab(name.replace(/Command$/, '')))).toContain(command)
    }
})

test.each(examples)('%s: the action it may be refused for is among its permissions', (_, prepared) => {
  const run = prepared.permissions(place, () => null).run.map(({ action }) => action)
  const [own] = prepared.actions
  if (own && own !== 'sts:GetCallerIdentity') expect(run).toContain(own)
})

test.each(examples)('%s: what it changes has a name and an undo', (kind, prepared) => {
  const { effect, undo } = prepared
  const resource = prepared.resource(place)
  expect({ kind, changes: effect === 'changes' }).toEqual({ kind, changes: resource !== null })
  if (effect === 'changes') expect(undo).toBeDefined()
})

import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { documentsIn, findCatalogue, loadLabs, resolveTemplates, type Scope } from '../../runner/definition/index.ts'
import { stepKinds } from '../../runner/steps/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const catalogue = await findCatalogue(root)
const labs = await loadLabs(catalogue, catalogue.labs, stepKinds)
const byId = new Map(labs.map(lab => [lab.id, lab]))

test('labs.yaml lists the folders of labs/', () => {
  expect([...catalogue.labs].sort()).toEqual(readdirSync(`${root}/labs`).sort())
})

test('nobody has allowed an account', () => expect(catalogue.guard.accounts).toEqual([]))

test.each(labs.map(lab => [lab.id, lab] as const))('%s: a page for participants, and every file used', (_, lab) => {
  expect(existsSync(`${lab.folder}/README.md`)).toBe(true)
  const used = new Set(lab.groups.flat().flatMap(step => documentsIn(step.fields).map(({ name }) => name)))
  const there = existsSync(`${lab.folder}/policies`)
    ? readdirSync(`${lab.folder}/policies`).map(name => `policies/${name}`)
    : []
  expect([...used].sort()).toEqual(there.sort())
})

test('the steps of the two workshop pages', () => {
  const steps = (id: string) =>
    byId
      .get(id)
      ?.groups.flat()
      .map(step => `${step.id}: ${step.kind}${step.as ? ` as ${step.as}` : ''}`)
  expect(steps('identity-policies')).toEqual([
    'role: create-role',
    'policy: create-policy',
    'attach: attach-role-policy',
    'session: assume-role',
    'profile: write-profile',
    'team-a-allowed: list-images as ecrTester',
    'team-b-denied: list-images as ecrTester',
  ])
  expect(steps('repository-policies')).toEqual([
    'team-a-policy: set-repository-policy',
    'team-b-policy: set-repository-policy',
    'team-a-denied: list-images as ecrTester',
    'team-b-allowed: list-images as ecrTester',
  ])
})

test.each([
  ['ecr-repositories', 0],
  ['identity-policies', 4],
  ['repository-policies', 4],
  ['ci-cd-repository-policy', 10],
  ['describe-repository', 12],
  ['authorization-token', 13],
  ['either-policy-allows', 18],
  ['cross-account-pull', 10],
  ['permissions-boundary', 10],
  ['session-policy', 9],
  ['tag-based-access', 13],
  ['trust-policy', 10],
  ['lockout', 10],
])('%s is worth %d points', (id, points) => {
  expect(
    byId
      .get(id)
      ?.groups.flat()
      .reduce((sum, step) => sum + step.points, 0),
  ).toBe(points)
})

const scope: Scope = {
  names: Object.assign({}, ...labs.map(({ names }) => names)),
  vars: {},
  steps: { role: { Role: { Arn: 'arn:aws:iam::111122223333:role/ecr_access_teama_role' } } },
  account: '111122223333',
  region: 'us-west-2',
  run: { id: 'x1f3', suffix: '' },
  identities: {},
  env: {},
}
const role = { AWS: 'arn:aws:iam::111122223333:role/ecr_access_teama_role' }

test.each([
  [
    'identity-policies',
    'policies/trust.json',
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole', Condition: {} },
  ],
  [
    'identity-policies',
    'policies/identity.json',
    {
      Effect: 'Allow',
      Action: ['ecr:ListImages'],
      Resource: ['arn:aws:ecr:us-west-2:111122223333:repository/team-a/*'],
    },
  ],
  [
    'repository-policies',
    'policies/team-a.json',
    { Sid: 'DenyECRTester', Effect: 'Deny', Principal: role, Action: 'ecr:ListImages' },
  ],
  [
    'repository-policies',
    'policies/team-b.json',
    { Sid: 'AllowECRTester', Effect: 'Allow', Principal: role, Action: 'ecr:ListImages' },
  ],
])("%s: %s is the page's document", (id, name, statement) => {
  const document = byId
    .get(id)
    ?.groups.flat()
    .flatMap(step => documentsIn(step.fields))
    .find(each => each.name === name)
  expect(JSON.parse(String(resolveTemplates(document, scope)))).toEqual({
    Version: '2012-10-17',
    Statement: [statement],
  })
})

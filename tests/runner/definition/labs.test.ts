import { expect, test } from 'vitest'
import { findCatalogue, loadLab, loadLabs } from '../../../runner/definition/index.ts'
import { demo, folderWith, loadDemo } from './folder.ts'
import { kinds } from './kinds.ts'

const lab = (id: string, ...needs: string[]): string =>
  `id: ${id}\ntitle: ${id}\nneeds: [${needs.join(', ')}]\nsteps:\n  - wait: 1s\n`

const labs = (needs: Readonly<Record<string, readonly string[]>>): Record<string, string> => ({
  'labs.yaml': `labs: [${Object.keys(needs).join(', ')}]\n`,
  ...Object.fromEntries(Object.entries(needs).map(([id, of]) => [`labs/${id}/lab.yaml`, lab(id, ...of)])),
})

test.each<[string, Record<string, string[]>, string[], string[]]>([
  ['a chain', { a: [], b: ['a'], c: ['b'] }, ['c'], ['a', 'b', 'c']],
  ['a diamond, each once', { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }, ['d'], ['a', 'b', 'c', 'd']],
  ['the order asked for', { a: [], b: [], c: [] }, ['c', 'a'], ['c', 'a']],
  ['asked for and needed', { a: [], b: ['a'] }, ['b', 'a', 'b'], ['a', 'b']],
])('needs: %s', async (_, needs, ids, expected) => {
  const found = await loadLabs(await findCatalogue(await folderWith(labs(needs))), ids, kinds)
  expect(found.map(({ id }) => id)).toEqual(expected)
})

test('a circle of needs is named', async () => {
  const catalogue = await findCatalogue(await folderWith(labs({ a: ['c'], b: ['a'], c: ['b'] })))
  await expect(loadLabs(catalogue, ['a'], kinds)).rejects.toMatchObject({
    problems: [{ message: 'the labs need each other: a -> c -> b -> a', place: { line: 3, column: 9 } }],
  })
})

test('an unknown lab is a usage error with the nearest name', async () => {
  const catalogue = await findCatalogue(await folderWith(labs({ 'identity-policies': [] })))
  const refused = {
    exitCode: 2,
    code: 'unknown-lab',
    message: 'there is no lab `identity-polices`',
    hint: 'did you mean `identity-policies`?',
  }
  await expect(loadLabs(catalogue, ['identity-polices'], kinds)).rejects.toMatchObject(refused)
  await expect(loadLab(catalogue, 'identity-polices', kinds)).rejects.toMatchObject(refused)
})

test('the problems of all files are said at once, in order', async () => {
  const { said } = await loadDemo({
    [demo]:
      'id: demo\ntitl: Demo\nneeds: [base]\nsteps:\n  - wait: 5\n    as: nobody\n  - list-images: { repository-name: "{{names.nope}}" }\n',
    'labs/base/lab.yaml': 'id: base\ntitle: Base\nsteps:\n  - wiat: 5s\n',
  })
  expect(said.map(({ at, message }) => `${at} ${message}`)).toEqual([
    'labs/base/lab.yaml:4:5 unknown key `wiat`',
    `${demo}:2:1 unknown key \`titl\``,
    `${demo}:5:11 \`wait\` is number \`5\`, expected a duration such as 500ms, 5s, 2m`,
    `${demo}:6:9 no earlier step makes the identity \`nobody\``,
    `${demo}:7:38 there is no name \`nope\``,
  ])
})

test('all that a step may say', async () => {
  const { labs: found } = await loadDemo({
    [demo]: `id: demo
title: Demo
description: Long
source: A page
needs: [base]
minimum: 2
vars: { n: 1 }
env: { REPO: "{{names.repoA}}" }
steps:
  - wait: 1s
  - wait: 2s
  - whoami:
  - parallel:
      - { id: x, as: baseRole, list-images: { repository-name: r }, within: 2m, stays: 1s, points: 1.5, visibility: after, hint: Look }
      - { id: y, as: auditor, list-images: { repository-name: r }, deny: { decision: explicitDeny, policy-type: permissions boundary }, supersedes: [base/seen] }
  - id: z
    list-images: { repository-name: r }
    error: { code: RepositoryNotFoundException, message: "*r*" }
    points: 1
`,
  })
  const steps = found[1]?.groups
  expect(steps?.map(group => group.map(({ id }) => id))).toEqual([['wait'], ['wait-2'], ['whoami'], ['x', 'y'], ['z']])
  expect(found[1]).toMatchObject({
    description: 'Long',
    source: 'A page',
    needs: ['base'],
    minimum: 2,
    vars: { n: 1 },
    env: { REPO: '{{names.repoA}}' },
  })
  expect(steps?.[0]?.[0]).toMatchObject({
    kind: 'wait',
    fields: '1s',
    probes: false,
    expectation: { kind: 'allow', output: undefined },
    within: null,
  })
  expect(steps?.[2]?.[0]).toMatchObject({ kind: 'whoami', fields: {} })
  expect(steps?.[3]?.[0]).toMatchObject({
    as: 'baseRole',
    within: 120_000,
    stays: 1_000,
    points: 1.5,
    visibility: 'after',
    hint: 'Look',
    place: { line: 14, column: 9 },
  })
  expect(steps?.[3]?.[1]).toMatchObject({
    probes: true,
    supersedes: ['base/seen'],
    expectation: { kind: 'deny', deny: { decision: 'explicitDeny', 'policy-type': 'permissions boundary' } },
  })
  expect(steps?.[4]?.[0]?.expectation).toEqual({ kind: 'error', code: 'RepositoryNotFoundException', message: '*r*' })
})

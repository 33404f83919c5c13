import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { touchesOfLabs } from '../../../runner/engine/lab-touches.ts'
import { orderOfLabs } from '../../../runner/engine/order-of-labs.ts'
import type { PlannedLab } from '../../../runner/engine/plan.ts'
import { planLabs } from '../../../runner/engine/plan.ts'
import { Stage } from '../../../runner/engine/stage.ts'
import { type Touch, thingOfArn } from '../../../runner/steps/touch.ts'
import { labsOf, notPassed, openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.close())

async function foreseen({ catalogue, options: optionsOf }: Workshop) {
  const options = await optionsOf(catalogue.labs)
  const stage = new Stage({ ...options, runId: 'RUN', suffix: '', credentialsFile: '/credentials' })
  const planned = planLabs(options.labs, { ...options, suffix: '' })
  const touches = touchesOfLabs({ stage, planned, replaced: () => [], players: new Map() })
  const waitsFor = await orderOfLabs(options, stage, planned)
  const nameOf = (position: number) => planned[position]?.lab.id ?? ''
  const waiting = planned.map((_, position) => [nameOf(position), (waitsFor[position] ?? []).map(nameOf)] as const)
  const unknown = planned.flatMap(({ lab }, position) => (touches[position] ? [] : [lab.id]))
  return { planned, touches, unknown, waiting: Object.fromEntries(waiting.filter(([, before]) => before.length > 0)) }
}

test('of the catalogue’s labs all is foreseen, and only those wait for each other that need each other', async () => {
  const { unknown, waiting } = await foreseen(workshop)
  expect(unknown).toEqual([])
  expect(waiting).toEqual({
    'identity-policies': ['ecr-repositories'],
    'repository-policies': ['ecr-repositories', 'identity-policies'],
  })
})

const repository = (name: string) => `  - { id: own, create-repository: { repository-name: ${name} } }\n`

test.each([
  ['a namesake, in another case', 'create-role', '{ role-name: R, assume-role-policy-document: "{}" }', ['role']],
  [
    'a principal that another makes',
    'set-repository-policy',
    `{ repository-name: two, policy-text: '{"AWS":"arn:aws:iam::111122223333:role/r"}' }`,
    ['role'],
  ],
  ['a list of all that there is', 'describe-repositories', '{}', ['one']],
  ['what another lab made, read', 'list-images', '{ repository-name: one }', ['one']],
  ['a program', 'command', '{ run: [id] }', ['one', 'role']],
  [
    'a call that names nothing',
    'call',
    '{ service: iam, operation: CreateAccountAlias, input: { AccountAlias: a } }',
    ['one', 'role'],
  ],
  [
    'a call that names its thing',
    'call',
    '{ service: iam, operation: TagRole, input: { RoleName: r, Tags: [] } }',
    ['role'],
  ],
  [
    'a policy of somebody else’s: whose roles carry it nobody says',
    'call',
    '{ service: iam, operation: CreatePolicyVersion, input: { PolicyArn: "arn:aws:iam::111122223333:policy/p", PolicyDocument: "{}" } }',
    ['one', 'role'],
  ],
  [
    'a table of access to what is not known',
    'access-matrix',
    '{ rows: [{ identity: admin, action: ecr:ListImages, resource: "{{steps.own.repository.repositoryUri}}", expect: allowed }] }',
    ['one', 'role'],
  ],
  [
    'a name that only an answer tells',
    'list-images',
    '{ repository-name: "{{steps.own.repository.repositoryUri}}" }',
    ['one', 'role'],
  ],
  [
    'a name that an answer foreseen tells',
    'list-images',
    '{ repository-name: "{{steps.own.repository.repositoryName}}" }',
    [],
  ],
  ['nothing that others touch', 'get-caller-identity', '{}', []],
])('%s: %s', async (_, kind, fields, before) => {
  const folder = await labsOf({
    one: `steps:\n${repository('one')}`,
    role: 'steps:\n  - { id: role, create-role: { role-name: r, assume-role-policy-document: "{}" } }\n',
    last: `steps:\n${repository('two')}  - id: step\n    ${kind}: ${fields}\n`,
  })
  const own = await openWorkshop({ labs: folder.folder })
  try {
    const { waiting } = await foreseen(own)
    expect(waiting.last ?? []).toEqual(before)
    expect(waiting.role ?? []).toEqual([])
  } finally {
    await own.close()
    await folder.remove()
  }
})

const attaching = (path: string) => `{ RoleName: q, PolicyArn: "{{steps.own.Role.${path}}}" }`

/** The answer of a step names things of others beside the one it made: those are not foreseen as its own. */
test.each([
  ['the boundary', 'iam', 'AttachRolePolicy', attaching('PermissionsBoundary.PermissionsBoundaryArn'), ['one', 'role']],
  ['its id', 'iam', 'GetRole', '{ RoleName: "{{steps.own.Role.RoleId}}" }', ['one', 'role']],
  ['itself', 'sts', 'AssumeRole', '{ RoleArn: "{{steps.own.Role.Arn}}", RoleSessionName: s }', []],
  ['its name', 'iam', 'GetRole', '{ RoleName: "{{steps.own.Role.RoleName}}" }', []],
])('of a role just made, %s', async (_, service, operation, input, before) => {
  const folder = await labsOf({
    one: `steps:\n${repository('one')}`,
    role: 'steps:\n  - { id: role, create-role: { role-name: r, assume-role-policy-document: "{}" } }\n',
    last: `steps:
  - id: own
    create-role: { role-name: q, assume-role-policy-document: "{}", permissions-boundary: arn:aws:iam::111122223333:policy/theirs }
  - id: step
    call: { service: ${service}, operation: ${operation}, input: ${input} }
`,
  })
  const own = await openWorkshop({ labs: folder.folder })
  try {
    const { waiting } = await foreseen(own)
    expect(waiting.last ?? []).toEqual(before)
  } finally {
    await own.close()
    await folder.remove()
  }
})

interface Logged {
  checks: { action: string; resource: string }[]
  operation: string
}

const isWrite = (action: string) =>
  !/^\w+:(Get|List|Describe|BatchGet|BatchCheck|AssumeRole|DownloadLayer)/.test(action)

/** What was done to things that no step declares: changed undeclared, or declared as read only. */
function undeclared(requests: readonly Logged[], touches: readonly Touch[]): string[] {
  const told = (type: string, name: string, write: boolean) =>
    touches.some(each => each.type === type && each.name === name && (!write || each.access === 'write'))
  return requests
    .flatMap(({ checks }) => checks)
    .flatMap(({ action, resource }) => {
      const thing = thingOfArn(resource)
      // Whether a list may be had hangs on no thing in it.
      if (!thing || thing.name === '*') return isWrite(action) ? [`${action} ${resource}`] : []
      return told(thing.type, thing.name, isWrite(action)) ? [] : [`${action} ${resource}`]
    })
}

test('what the sandbox’s log says of each lab, its teardown included, is what its steps declare', async () => {
  const { planned, touches } = await foreseen(workshop)
  const log = join(workshop.folder, 'sandbox', 'log.jsonl')
  const lines = async (): Promise<Logged[]> =>
    (await readFile(log, 'utf8')).split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as Logged]))
  const wrong: string[] = []
  let writes = 0
  for (const [position, each] of planned.entries()) {
    const from = (await lines()).length
    expect(notPassed(await workshop.run([each.lab.id], { teardown: true }))).toEqual([])
    // The log is written a little later.
    await workshop.call('iam:ListAccountAliases')
    await expect.poll(async () => (await lines()).at(-1)?.operation).toBe('ListAccountAliases')
    const requests = (await lines()).slice(from, -1)
    const all = [each, ...each.needed.map(need => planned.find(({ lab }) => lab.id === need.id))].flatMap(
      (one?: PlannedLab) => touches[planned.findIndex(({ lab }) => lab.id === one?.lab.id)] ?? [],
    )
    writes += requests.flatMap(({ checks }) => checks).filter(({ action }) => isWrite(action)).length
    wrong.push(
      ...undeclared(requests, position === 0 ? (touches[0] ?? []) : all).map(line => `${each.lab.id}: ${line}`),
    )
  }
  expect(wrong).toEqual([])
  expect(writes).toBeGreaterThan(200)
}, 240_000)

test('a change of what no step declares is noticed', () => {
  const resource = 'arn:aws:iam::111122223333:role/r'
  const request = (action: string) => [{ operation: '', checks: [{ action, resource }] }]
  const read: Touch[] = [{ type: 'role', name: 'r', access: 'read' }]
  expect(undeclared(request('iam:PutRolePolicy'), read)).toEqual([`iam:PutRolePolicy ${resource}`])
  expect(undeclared(request('iam:GetRole'), read)).toEqual([])
  expect(undeclared(request('iam:GetRole'), [])).toEqual([`iam:GetRole ${resource}`])
})

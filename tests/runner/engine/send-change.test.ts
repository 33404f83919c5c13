import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { Journal, readJournal } from '../../../runner/engine/journal.ts'
import { type ChangeToSend, sendChange } from '../../../runner/engine/send-change.ts'
import { createRole } from '../../../runner/steps/create-role.ts'
import type { Aws, PreparedStep, StepContext } from '../../../runner/steps/step-kind.ts'
import { allowed, denied, failed, mustBeAllowed } from './answers.ts'

let folder: string
let path: string
let journal: Journal
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accesslab-send-'))
  path = join(folder, 'journal.jsonl')
  journal = Journal.open(path)
})
afterEach(async () => {
  await journal.close()
  rmSync(folder, { recursive: true, force: true })
})

const trust = '{"Version":"2012-10-17","Statement":[]}'
const fields = { 'role-name': 'tester', 'assume-role-policy-document': trust }
const role = (run: string, id = 'AROA1') =>
  allowed({
    Role: {
      RoleName: 'tester',
      RoleId: id,
      Arn: 'arn:aws:iam::111122223333:role/tester',
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      Tags: [{ Key: 'accesslab:run', Value: run }],
    },
  })
const absent = failed('request', 'NoSuchEntityException', 'The role with name tester cannot be found.')
const exists = failed('request', 'EntityAlreadyExists', 'Role with name tester already exists.')
const propagating = failed('request', 'MalformedPolicyDocument', 'Invalid principal in policy: "AWS":"..."')
const lost = failed('network', 'ECONNRESET')

/** Sends a CreateRole to an AWS that gives these answers, by operation, the last one for ever. */
async function send(answers: Readonly<Record<string, Outcome[]>>, options: Partial<ChangeToSend> = {}) {
  const calls: string[] = []
  const onDisk: string[][] = []
  const aws: Aws = {
    arn: 'arn:aws:iam::111122223333:user/admin',
    credentials: () => Promise.reject(new Error('nobody needs them')),
    call: async operation => {
      onDisk.push(readJournal(readFileSync(path, 'utf8')).map(event => event.event))
      const script = answers[operation] ?? []
      const answer = script[Math.min(calls.filter(call => call === operation).length, script.length - 1)]
      calls.push(operation)
      if (!answer) throw new Error(`nobody expected ${operation}`)
      return answer
    },
  }
  const context = {
    place: { partition: 'aws', account: '111122223333', region: 'us-west-2' },
    aws,
    admin: aws,
    created: { path: '/', permissionsBoundary: null, tags: { 'accesslab:run': 'r1' } },
    runId: 'r1',
    signal: new AbortController().signal,
  } as unknown as StepContext
  const change = {
    planned: { lab: { id: 'lab' } },
    step: { id: 'role', kind: 'create-role' },
    prepared: createRole.prepare(fields),
    fields,
    context,
    judged: mustBeAllowed,
    journal,
    eventual: false,
    within: 60_000,
    stays: 0,
    waiting: () => undefined,
    ...options,
  } as unknown as ChangeToSend
  const sent = await sendChange(change)
  const events = readJournal(readFileSync(path, 'utf8'))
  return { ...sent, calls, onDisk, result: events.find(event => event.event === 'result'), events }
}

test('the intent is on the disk before the call, the result after it, the answer’s secrets in neither', async () => {
  const { onDisk, events } = await send({ 'iam:CreateRole': [role('r1')] })
  expect(onDisk).toEqual([['intent']])
  expect(events).toMatchObject([
    { event: 'intent', seq: 1, lab: 'lab', step: 'role', kind: 'create-role', fields, resource: { name: 'tester' } },
    { event: 'result', seq: 1, result: 'done', remember: { uniqueId: 'AROA1' } },
  ])
})

const create = (...answers: Outcome[]) => ({ 'iam:CreateRole': answers })
const get = (...answers: Outcome[]) => ({ 'iam:GetRole': answers })

type Row = [string, Record<string, Outcome[]>, Partial<ChangeToSend>, string, string | null, string[]]

const asTester = { id: 'role', kind: 'create-role', as: 'tester' } as ChangeToSend['step']
const unknownKey = failed('credentials', 'UnrecognizedClientException')
const creates = (length: number) => Array.from({ length }, () => 'CreateRole')

/** What is refused is not done: where answers need time, it is asked for again. */
const eventually: Row[] = [
  [
    'refused before what allows it has spread: sent again',
    create(denied(), unknownKey, denied(), role('r1')),
    { eventual: true, step: asTester },
    'done',
    'AROA1',
    creates(4),
  ],
  [
    'refused, and no time left',
    create(denied()),
    { eventual: true, step: asTester, within: 0 },
    'refused',
    null,
    creates(1),
  ],
  [
    'refused to the lab’s own caller: no lab changes that',
    create(denied()),
    { eventual: true },
    'refused',
    null,
    creates(1),
  ],
  [
    'no answer, and then refused before what allows it has spread',
    { ...create(lost, denied(), role('r1')), ...get(absent) },
    { eventual: true, step: asTester },
    'done',
    'AROA1',
    ['CreateRole', 'GetRole', 'CreateRole', 'GetRole', 'CreateRole'],
  ],
  [
    'no answer, then it exists, and the reads are behind: looked for until it is found',
    { ...create(lost, exists), ...get(absent, absent, absent, role('r1', 'AROA9')) },
    { eventual: true },
    'done',
    'AROA9',
    ['CreateRole', 'GetRole', 'CreateRole', 'GetRole', 'GetRole', 'GetRole'],
  ],
  [
    'no answer, then it exists, and is somebody else’s: not looked for any longer',
    { ...create(lost, exists), ...get(absent, role('r2')) },
    { eventual: true },
    'unknown',
    null,
    ['CreateRole', 'GetRole', 'CreateRole', 'GetRole'],
  ],
]

test.each<Row>([
  ['done', create(role('r1')), {}, 'done', 'AROA1', ['CreateRole']],
  ['denied', create(denied()), {}, 'refused', null, ['CreateRole']],
  ['there already', create(exists), {}, 'refused', null, ['CreateRole']],
  ['throttled to the end', create(failed('throttled')), {}, 'refused', null, ['CreateRole']],
  ['not yet known, on an immediate target', create(propagating), {}, 'refused', null, ['CreateRole']],
  [
    'not yet known, on an eventual target: sent again',
    create(propagating, propagating, role('r1')),
    { eventual: true },
    'done',
    'AROA1',
    ['CreateRole', 'CreateRole', 'CreateRole'],
  ],
  [
    'not yet known, and no time left',
    create(propagating),
    { eventual: true, within: 0 },
    'refused',
    null,
    ['CreateRole'],
  ],
  ['another error, on an eventual target', create(exists), { eventual: true }, 'refused', null, ['CreateRole']],
  [
    'no answer, and it happened',
    { ...create(lost), ...get(role('r1', 'AROA9')) },
    {},
    'done',
    'AROA9',
    ['CreateRole', 'GetRole'],
  ],
  [
    'no answer, and it did not happen: sent again',
    { ...create(lost, role('r1')), ...get(absent) },
    {},
    'done',
    'AROA1',
    ['CreateRole', 'GetRole', 'CreateRole'],
  ],
  [
    'no answer, read too early, then it exists: it was ours',
    { ...create(lost, exists), ...get(absent, role('r1', 'AROA9')) },
    {},
    'done',
    'AROA9',
    ['CreateRole', 'GetRole', 'CreateRole', 'GetRole'],
  ],
  [
    'no answer, and there is somebody else’s of that name',
    { ...create(lost), ...get(role('r2')) },
    {},
    'unknown',
    null,
    ['CreateRole', 'GetRole'],
  ],
  [
    'no answer, and it cannot be read',
    { ...create(lost), ...get(denied()) },
    {},
    'unknown',
    null,
    ['CreateRole', 'GetRole'],
  ],
  [
    'AWS is unavailable for good: seven tries',
    { ...create(failed('unavailable')), ...get(absent) },
    {},
    'unknown',
    null,
    Array.from({ length: 7 }, () => ['CreateRole', 'GetRole']).flat(),
  ],
  [
    'no answer, and no time left',
    { ...create(lost), ...get(absent) },
    { within: 0 },
    'unknown',
    null,
    ['CreateRole', 'GetRole'],
  ],
  ['nobody listens: it did not happen', create(failed('network', 'ECONNREFUSED')), {}, 'refused', null, ['CreateRole']],
  [
    'no answer to what must be denied: reading does not tell, so it is sent again',
    create(lost, denied()),
    { step: { id: 'role', kind: 'create-role', expectation: { kind: 'deny' } } as ChangeToSend['step'] },
    'unknown',
    null,
    ['CreateRole', 'CreateRole'],
  ],
  [
    'no answer, then denied: the first may have happened',
    { ...create(lost, denied()), ...get(absent) },
    {},
    'unknown',
    null,
    ['CreateRole', 'GetRole', 'CreateRole', 'GetRole'],
  ],
  ...eventually,
])('%s', async (_, answers, options, result, uniqueId, calls) => {
  const sent = await send(answers, options)
  expect(sent.calls.map(call => call.slice(4))).toEqual(calls)
  expect(sent.result).toMatchObject({ result })
  expect(sent.result?.remember?.uniqueId ?? null).toBe(uniqueId)
  expect(sent.done.outcome.outcome === 'allowed').toBe(result === 'done')
})

test.each([
  ['at once where answers need no time', { eventual: false }, 1],
  ['three times in a row where they do', { eventual: true, step: asTester }, 3],
])('a refusal that was expected is believed %s', async (_, options, times) => {
  const judged: ChangeToSend['judged'] = outcome => ({ ...mustBeAllowed(outcome), passed: true })
  const { calls, result } = await send(create(denied()), { judged, ...options })
  expect(calls).toHaveLength(times)
  expect(result).toMatchObject({ result: 'refused' })
})

test.each([
  ['it is never found', absent, true],
  ['it cannot be read', denied(), true],
  ['it cannot be read, where answers need no time', denied(), false],
])('no answer, then it exists, and %s: not judged, and left open', async (_, answer, eventual) => {
  const reads = get(absent, answer)
  const sent = await send({ ...create(lost, exists), ...reads }, { eventual, within: 800 })
  expect(sent).toMatchObject({ settled: false, unseen: true, result: { result: 'unknown' } })
  expect(sent.calls.filter(call => call === 'iam:CreateRole')).toHaveLength(2)
})

test('a refusal that was expected, and is none once all has spread, is none', async () => {
  const judged: ChangeToSend['judged'] = outcome => ({
    ...mustBeAllowed(outcome),
    passed: outcome.outcome === 'denied',
  })
  const { done } = await send(create(denied(), denied(), role('r1')), { judged, eventual: true, step: asTester })
  expect(done.outcome.outcome).toBe('allowed')
})

const local = (run: PreparedStep['run'], more: Partial<PreparedStep>): PreparedStep => ({
  title: '',
  actions: [],
  effect: 'changes',
  permissions: () => ({ run: [], verify: [], undo: [] }),
  commands: () => [],
  resource: () => null,
  run,
  ...more,
})

test.each([
  ['a program that failed may have done part of it', { halfWay: true }, 'unknown'],
  ['a file that could not be written was not', {}, 'refused'],
])('%s', async (_, more, result) => {
  const prepared = local(async () => ({ outcome: failed('local', 'exit-1') }), more)
  expect((await send({}, { prepared })).result).toMatchObject({ result })
})

test('what touches only this machine leaves no line', async () => {
  const prepared = local(async () => ({ outcome: allowed() }), { effect: 'local' })
  expect((await send({}, { prepared })).events).toEqual([])
})

test('only what is recorded of the fields is written', async () => {
  const prepared = local(async () => ({ outcome: allowed() }), { recorded: { kept: true } })
  const { events } = await send({}, { prepared, fields: { secret: 'hunter2' } })
  expect(events[0]).toMatchObject({ fields: { kept: true } })
  expect(readFileSync(path, 'utf8')).not.toContain('hunter2')
})

test('nothing is sent before the intent is kept, and nothing at all where it cannot be', async () => {
  let keep: () => void = () => undefined
  const kept = new Promise<void>(resolve => {
    keep = resolve
  })
  let sent = false
  const prepared = {
    ...createRole.prepare(fields),
    run: async () => {
      sent = true
      return { outcome: role('r1') }
    },
  } as PreparedStep
  const slow = { next: () => 1, write: () => kept } as unknown as Journal
  const sending = send({}, { prepared, journal: slow })
  await new Promise(resolve => setImmediate(resolve))
  expect(sent).toBe(false)
  keep()
  await sending
  expect(sent).toBe(true)
  sent = false
  const full = { next: () => 1, write: () => Promise.reject(new Error('no space')) } as unknown as Journal
  await expect(send({}, { prepared, journal: full })).rejects.toThrow('no space')
  expect(sent).toBe(false)
})

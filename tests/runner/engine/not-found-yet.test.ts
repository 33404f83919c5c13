import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { accountOf, changedIn, labsOf, openWorkshop, stepOf, type Workshop, type WorkshopOptions } from './harness.ts'
import { type HeardCall, hearing } from './heard-calls.ts'

/** AWS may answer for a while that there is no such thing as was just made: that is not "removed". */
const closes: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})

async function open(options: WorkshopOptions): Promise<Workshop> {
  const workshop = await openWorkshop(options)
  closes.push(workshop.close)
  return workshop
}

const behind = (reads: number, flap = false): WorkshopOptions => ({
  eventual: true,
  propagation: { delay: 0, reads, flap },
})
const short = { notFoundFor: 1_500 }
const notes = ({ events }: Workshop) => events.flatMap(event => (event.type === 'note' ? [event.text] : []))
const waits = (workshop: Workshop) => notes(workshop).filter(text => text.includes('not found, and so new'))

/** What an undo told, newest first. */
const told = ({ events }: Workshop) =>
  events.flatMap(event => (event.type === 'undo' ? [`${event.resource.type} ${event.result} ${event.note ?? ''}`] : []))

describe('on a target whose answers need time', () => {
  test.each(['role', 'policy'])('a %s that IAM does not find yet is removed when it does', async until => {
    const workshop = await open(behind(700))
    const report = await workshop.run(['identity-policies'], { until, teardown: true, ...short })
    expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
    expect(waits(workshop)).toHaveLength(1)
    expect(await accountOf(workshop)).toEqual([])
  })

  test('a key of somebody else’s user that is not listed yet is deleted when it is', async () => {
    const labs = await labsOf({
      lab: 'steps:\n  - id: key\n    create-access-key: { user-name: theirs }\n    identity: them\n',
    })
    closes.push(labs.remove)
    const workshop = await open({ labs: labs.folder, ...behind(700) })
    await workshop.call('iam:CreateUser', { UserName: 'theirs' })
    const before = await changedIn(workshop)
    const report = await workshop.run(['lab'], { teardown: true, ...short })
    expect(report.leftovers).toEqual([])
    expect(await changedIn(workshop)).toEqual(before)
  })

  test('answers that waver: nothing left', async () => {
    const workshop = await open(behind(700, true))
    const report = await workshop.run(['identity-policies'], { until: 'attach', teardown: true, ...short })
    expect(report).toMatchObject({ leftovers: [] })
    expect(await accountOf(workshop)).toEqual([])
  })

  test('what somebody else deleted is asked for again, all of it together, and then believed', async () => {
    const workshop = await open({ eventual: true })
    await workshop.run(['identity-policies'], { until: 'policy' })
    await deleteAll(workshop)
    const { operations, target } = heard(workshop)
    workshop.events.length = 0
    const over = await workshop.teardown(['identity-policies'], { open: async () => target, notFoundFor: 300 })
    expect(over).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(waits(workshop)).toEqual([expect.stringMatching(/^2 things are not found, .* asked again for 1 s$/)])
    expect(told(workshop)).toEqual([
      expect.stringMatching(/^policy gone not there, asked \d times$/),
      expect.stringMatching(/^role gone not there, asked \d times$/),
    ])
    expect(operations().slice(0, 4)).toEqual(['iam:GetPolicy', 'iam:GetRole', 'iam:GetPolicy', 'iam:GetRole'])
  })

  test('of a run long ago it is believed at once', async () => {
    const workshop = await open({ eventual: true })
    const { runId } = await workshop.run(['identity-policies'], { until: 'policy' })
    await deleteAll(workshop)
    const file = join(workshop.labFolder, 'runs', runId, 'journal.jsonl')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replaceAll(/"at":"[^"]*"/g, `"at":"${new Date(Date.now() - 3_600_000).toISOString()}"`))
    const { operations, target } = heard(workshop)
    await workshop.teardown(['identity-policies'], { open: async () => target })
    expect(operations()).toEqual(['iam:GetPolicy', 'iam:GetRole'])
    expect(waits(workshop)).toEqual([])
  })

  test('what was cleared of what hung on it, and is not found then, is there yet', async () => {
    const workshop = await open({ eventual: true })
    await workshop.run(['identity-policies'], { until: 'role' })
    const at = { RoleName: 'ecr_access_teama_role', PolicyName: 'inline' }
    const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}'
    await workshop.call('iam:PutRolePolicy', { ...at, PolicyDocument: document })
    const gone = { outcome: 'failed', cause: 'request', httpStatus: 404, requestId: null, message: '' } as const
    const once: Record<string, string | undefined> = { 'iam:DeleteRole': 'DeleteConflict' }
    const call: Workshop['call'] = async (operation, input = {}) => {
      const code = once[operation]
      once[operation] = undefined
      // It stays once it was cleared, and the next read of it is behind.
      if (code === 'DeleteConflict') once['iam:GetRole'] = 'NoSuchEntity'
      return code === undefined ? workshop.call(operation, input) : { ...gone, code }
    }
    const { target } = workshop
    const meddled = async () => ({ ...target, caller: { ...target.caller, call }, close: () => undefined })
    expect(await workshop.teardown(['identity-policies'], { open: meddled, ...short })).toMatchObject({ exitCode: 0 })
    expect((await accountOf(workshop)).filter(thing => thing.startsWith('Roles'))).toEqual([])
  })

  test('what a run itself takes back is waited for only where it is not found', async () => {
    const workshop = await open({ eventual: true })
    await workshop.run(['identity-policies'], { until: 'attach', teardown: true })
    expect(waits(workshop)).toEqual([])
    expect(await accountOf(workshop)).toEqual([])
  })

  test('interrupted while it waits: what was not found is listed as left', async () => {
    const workshop = await open(behind(3_600_000))
    await workshop.run(['identity-policies'], { until: 'role' })
    const interrupt = new AbortController()
    const over = await workshop.teardown(['identity-policies'], {
      signal: interrupt.signal,
      emit: event => {
        if (event.type === 'note') interrupt.abort()
      },
    })
    expect(over).toMatchObject({ removed: 0, leftovers: [{ type: 'role' }], exitCode: 130 })
  })

  test('a dry run waits for nothing', async () => {
    const workshop = await open(behind(3_600_000))
    await workshop.run(['identity-policies'], { until: 'role' })
    workshop.events.length = 0
    await workshop.teardown(['identity-policies'], { dryRun: true })
    expect(waits(workshop)).toEqual([])
  })
})

test('on a target whose answers need no time nothing is asked twice', async () => {
  const workshop = await open({})
  await workshop.run(['identity-policies'], { until: 'policy' })
  await deleteAll(workshop)
  const { operations, target } = heard(workshop)
  expect(await workshop.teardown(['identity-policies'], { open: async () => target })).toMatchObject({ exitCode: 0 })
  expect(operations()).toEqual(['iam:GetPolicy', 'iam:GetRole'])
})

describe('an answer to a create that was lost, while the reads are behind', () => {
  const trust =
    '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: "sts:AssumeRole" }] }'
  const losing = async (step: string, operation: string, reads: number, within: string) => {
    const labs = await labsOf(
      { lab: `steps:\n  - id: made\n    ${step}\n` },
      `target: sandbox\ntimings: { within: ${within}, stays: 0s }`,
    )
    closes.push(labs.remove)
    const rules = [{ kind: 'reset', operation, when: 'after', times: 1 }] as const
    return open({ labs: labs.folder, ...behind(reads), faults: { rules } })
  }
  const role = `create-role: { role-name: tester, assume-role-policy-document: ${trust} }`

  test('it is found in its time: done', async () => {
    const workshop = await losing(role, 'iam:CreateRole', 1_000, '20s')
    const report = await workshop.run(['lab'], { teardown: true, ...short })
    expect(stepOf(report, 'made').status).toBe('passed')
    expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
    expect(await accountOf(workshop)).toEqual([])
  })

  test('it is not: no failure of whoever is graded, and its teardown looks for it', async () => {
    const workshop = await losing(role, 'iam:CreateRole', 2_500, '800ms')
    const report = await workshop.run(['lab'])
    expect(stepOf(report, 'made')).toMatchObject({ status: 'error', points: null })
    expect(stepOf(report, 'made').hint).toContain('the answer to an earlier call was lost')
    expect(report.exitCode).toBe(3)
    expect(await workshop.teardown(['lab'], { notFoundFor: 3_000 })).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  })

  test('a key is not made a second time beside the first', async () => {
    const step = 'create-user: { user-name: tester }\n  - id: key\n    create-access-key: { user-name: tester }'
    const workshop = await losing(`${step}\n    identity: tester`, 'iam:CreateAccessKey', 700, '20s')
    const report = await workshop.run(['lab'], short)
    expect(stepOf(report, 'key').status).toBe('passed')
    const keys = (await changedIn(workshop)).filter(line => line.startsWith('+ iam.access-key'))
    expect(keys).toHaveLength(1)
    expect(await workshop.teardown(['lab'], short)).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await changedIn(workshop)).toEqual([])
  })
})

async function deleteAll({ call }: Workshop): Promise<void> {
  await call('iam:DeletePolicy', { PolicyArn: 'arn:aws:iam::111122223333:policy/ecr_access_testing' })
  await call('iam:DeleteRole', { RoleName: 'ecr_access_teama_role' })
}

/** The workshop's target, and the operations that are sent through it. */
function heard({ target }: Workshop) {
  const calls: HeardCall[] = []
  return {
    operations: () => calls.map(({ operation }) => operation),
    target: { ...hearing(target, calls), close: () => undefined },
  }
}

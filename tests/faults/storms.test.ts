import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { FaultRule } from '../../sandbox/index.ts'
import { accountOf, notPassed, openWorkshop, stepOf, type Workshop } from '../runner/engine/harness.ts'

let workshop: Workshop
afterEach(() => workshop.close())

const storm: FaultRule[] = [
  { kind: 'throttle', probability: 0.2 },
  { kind: 'server-error', probability: 0.025 },
  { kind: 'unavailable', probability: 0.025 },
  { kind: 'reset', probability: 0.025 },
  { kind: 'reset', probability: 0.025, when: 'after' },
]

/** A storm may end a run, and then it says so; what it may not do is to make a verdict, or to leave a thing behind. */
test.each([1, 2])('throttled, refused and cut off by chance, seed %d: no false verdict, nothing left', async seed => {
  workshop = await openWorkshop({ faults: { rules: storm, seed } })
  const report = await workshop.run(['repository-policies'], { teardown: true })
  const wrong = report.labs.flatMap(lab => lab.steps).filter(step => step.status === 'failed')
  expect(wrong.map(step => `${step.id}: ${step.actual?.message}`)).toEqual([])
  if (notPassed(report).length > 0) expect([3, 4]).toContain(report.exitCode)
  // What a storm kept from being taken back is taken back by the next process.
  for (let round = 0; round < 5 && (await workshop.teardown()).exitCode !== 0; round += 1);
  expect(await accountOf(workshop)).toEqual([])
})

const creating = ['iam:CreateRole', 'ecr:CreateRepository', 'ecr:PutImage']

test.each(creating.flatMap(operation => [[operation, 'before'] as const, [operation, 'after'] as const]))(
  '%s, the answer lost %s it took effect: found out by reading, and all is as if nothing had been',
  async (operation, when) => {
    workshop = await openWorkshop({ faults: { rules: [{ kind: 'reset', operation, when, times: 1 }] } })
    const report = await workshop.run(['identity-policies'])
    expect(notPassed(report)).toEqual([])
    const journal = readFileSync(join(workshop.labFolder, 'runs', report.runId, 'journal.jsonl'), 'utf8')
    expect(journal).not.toMatch(/"result":"(unknown|refused)"/)
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  },
)

test.each(['DeleteRole', 'DetachRolePolicy'])('%s, the answer lost: gone is gone', async operation => {
  workshop = await openWorkshop({
    faults: { rules: [{ kind: 'reset', operation: `iam:${operation}`, when: 'after', times: 1 }] },
  })
  const report = await workshop.run(['identity-policies'], { teardown: true })
  expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
  expect(await accountOf(workshop)).toEqual([])
})

test.each<[string, FaultRule]>([
  ['unavailable', { kind: 'unavailable', operation: 'ecr:ListImages' }],
  ['cut off', { kind: 'truncate', operation: 'ecr:ListImages' }],
])('AWS %s for good is an error, exit 3, and no verdict', async (_, rule) => {
  workshop = await openWorkshop({ faults: { rules: [rule] } })
  const report = await workshop.run(['identity-policies'], { teardown: true })
  for (const step of ['team-a-allowed', 'team-b-denied'])
    expect(stepOf(report, step)).toMatchObject({ status: 'error', points: null })
  expect(report.labs.at(-1)?.points).toBeNull()
  expect(report).toMatchObject({ exitCode: 3, leftovers: [] })
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PastRun } from '../../../runner/engine/runs.ts'
import { undoGroups } from '../../../runner/engine/undo-groups.ts'
import type { Change } from '../../../runner/index.ts'
import { accountOf, labsOf, notPassed, openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

test('interrupted with several labs under way: every lab is reported in its place, and all of it is taken back', async () => {
  const { labs } = workshop.catalogue
  const stop = new AbortController()
  let done = 0
  const report = await workshop.run(labs, {
    parallel: 16,
    signal: stop.signal,
    emit: event => {
      workshop.events.push(event)
      if (event.type === 'step-done' && ++done === 10) stop.abort()
    },
  })
  expect(report.exitCode).toBe(130)
  expect(report.labs.map(({ id }) => id)).toEqual(labs)
  const begun = report.labs.filter(({ steps }) => steps.some(({ status }) => status === 'passed'))
  expect(begun.length).toBeGreaterThan(3)
  const skipped = report.labs.flatMap(({ steps }) => steps).filter(({ status }) => status === 'skipped')
  // What is cut short does not come to be, and neither does what stands on it.
  const others = skipped.flatMap(({ hint }) => (hint === 'interrupted' ? [] : [hint]))
  expect(others.filter(hint => !/^`.+` did not come to be$/.test(hint ?? ''))).toEqual([])
  expect(skipped.length).toBeGreaterThan(others.length)
  const told = workshop.events.flatMap(event => (event.type === 'lab-done' ? [event.report.id] : []))
  expect(told).toEqual(labs)
  expect(await workshop.teardown()).toMatchObject({ exitCode: 0, leftovers: [] })
  expect(await accountOf(workshop)).toEqual([])
})

test('a lab whose set-up fails stops the labs that need it, and none of those beside it', async () => {
  const { labs } = workshop.catalogue
  await workshop.call('ecr:CreateRepository', { repositoryName: 'team-a/alpine' })
  const report = await workshop.run(labs, { parallel: 16 })
  const wrong = new Set(notPassed(report).map(line => line.split('/')[0]))
  expect([...wrong]).toEqual(['ecr-repositories', 'identity-policies', 'repository-policies'])
})

test('what an earlier run left under a name that another lab has now is met as in the labs’ order', async () => {
  const role =
    '{ role-name: shared, assume-role-policy-document: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" } } }'
  const waits = 'steps:\n  - { id: wait, wait: 1ms }\n'
  const makes = `steps:\n  - { id: role, create-role: ${role} }\n`
  const before = await labsOf({ first: waits, last: makes })
  const after = await labsOf({ first: makes, last: waits })
  const own = await openWorkshop({ labs: before.folder })
  try {
    expect(notPassed(await own.run(['first', 'last']))).toEqual([])
    // The first lab's turn comes before the last one's things are taken back.
    const beside = await openWorkshop({ labs: after.folder, beside: own })
    const report = await beside.run(['first', 'last'], { labFolder: own.labFolder, parallel: 16 })
    expect(notPassed(report)).toEqual(['first/role failed'])
    await beside.close()
  } finally {
    await own.close()
    await before.remove()
    await after.remove()
  }
})

const run = (runId: string, isolated = false) => ({ folder: runId, start: { runId, isolated } }) as unknown as PastRun
const change = (lab: string, kind: string, fields: unknown) => ({ lab, kind, fields }) as unknown as Change
const repository = (name: string) => ({ 'repository-name': name })

test.each([
  ['labs that nothing joins', 'b', repository('b'), []],
  ['a lab that needs the other', 'needed', repository('n'), [0]],
  ['the same thing', 'b', repository('A'), [0]],
  ['an entry that cannot be read', 'b', {}, [0]],
])('taken back: %s', (_, lab, fields, waitsFor) => {
  const both = [
    { change: change('a', 'create-repository', repository('a')), run: run('1') },
    { change: change(lab, 'create-repository', fields), run: run('1') },
  ]
  const groups = undoGroups(both, needed => (needed === 'needed' ? ['a'] : []))
  expect(groups.map(each => each.waitsFor)).toEqual([[], waitsFor])
  expect(groups.map(({ changes }) => changes.length)).toEqual([1, 1])
})

test('taken back: one lab, two runs: a later one first, an isolated one for itself', () => {
  const of = (id: string, isolated: boolean, name: string) => ({
    change: change('a', 'create-repository', repository(name)),
    run: run(id, isolated),
  })
  const groups = undoGroups([of('3', false, 'a'), of('2', true, 'a-2'), of('1', false, 'c')], () => [])
  expect(groups.map(({ waitsFor }) => waitsFor)).toEqual([[], [], [0]])
})

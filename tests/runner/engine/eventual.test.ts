import { cpSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { accountOf, labsOf, notPassed, openWorkshop, repository, stepOf, type Workshop } from './harness.ts'

const closes: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})

/** The shipped labs, with short timings, treated as AWS. */
async function onAws(
  timings: string,
  propagation?: { delay: number; flap?: boolean; seed?: number },
): Promise<Workshop> {
  const { folder, remove } = await labsOf({})
  cpSync(join(repository, 'labs'), join(folder, 'labs'), { recursive: true })
  const settings = await readFile(join(repository, 'labs.yaml'), 'utf8')
  await writeFile(join(folder, 'labs.yaml'), settings.replace(/^timings:.*$/m, `timings: ${timings}`))
  const workshop = await openWorkshop({ labs: folder, eventual: true, ...(propagation ? { propagation } : {}) })
  closes.push(remove, workshop.close)
  return workshop
}

test('a target whose answers need time: the labs pass, asked until they have settled', async () => {
  const workshop = await onAws('{ within: 3s, stays: 200ms }')
  const report = await workshop.run(['repository-policies'])
  expect(notPassed(report)).toEqual([])
  for (const id of ['team-a-allowed', 'team-b-denied', 'team-a-denied', 'team-b-allowed'])
    expect(stepOf(report, id).attempts).toBeGreaterThanOrEqual(3)
  expect(report.target).toBe('aws')
  expect(notPassed(await workshop.verify(['identity-policies', 'repository-policies']))).toEqual([])
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toEqual([])
})

test('changes that spread late, and answers that flap meanwhile: no false pass, no false fail', async () => {
  const workshop = await onAws('{ within: 15s, stays: 200ms }', { delay: 300, flap: true, seed: 5 })
  const report = await workshop.run(['repository-policies'], { teardown: true })
  expect(notPassed(report)).toEqual([])
  expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
  expect(await accountOf(workshop)).toEqual([])
  const steps = report.labs.flatMap(lab => lab.steps)
  const times = steps.map(({ startedAt }) => Date.parse(startedAt))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  for (const { startedAt, durationMs, waitedMs } of steps) {
    expect(waitedMs).toBeLessThanOrEqual(durationMs)
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(Date.parse(report.startedAt))
    expect(Date.parse(startedAt) + durationMs).toBeLessThanOrEqual(Date.parse(report.startedAt) + report.durationMs + 1)
  }
})

test('a role that does not spread in its time: AWS’s doing, so it is blocked, not wrong', async () => {
  const workshop = await onAws('{ within: 1200ms, stays: 100ms }', { delay: 3_600_000 })
  const report = await workshop.run(['identity-policies'], { teardown: true })
  expect(stepOf(report, 'session')).toMatchObject({ status: 'blocked', actual: { code: 'AccessDenied' } })
  expect(report).toMatchObject({ exitCode: 3, leftovers: [] })
})

test('what has to hold for longer than it is asked for is not judged, and says what it lacked', async () => {
  const workshop = await onAws('{ within: 1s, stays: 1s }')
  const report = await workshop.run(['ecr-repositories', 'identity-policies'], { teardown: true })
  const denied = stepOf(report, 'team-b-denied')
  expect(denied).toMatchObject({ status: 'error', points: null, actual: { outcome: 'denied' } })
  expect(denied.hint).toMatch(/as expected, but had not held for the 1 s of `stays`/)
  expect(report.exitCode).toBe(3)
})

import { afterEach, describe, expect, test } from 'vitest'
import { findCatalogue, type RunOptions } from '../../runner/index.ts'
import { notPassed, openWorkshop, repository, stepOf, type Workshop } from '../runner/engine/harness.ts'

/** The full form waits as long as AWS makes people wait; without SOAK everything is a hundredth of it. */
const full = process.env.SOAK !== undefined
const scale = full ? 1 : 0.01
const delay = 30_000 * scale
const timings = { within: full ? 120_000 : 8_000, stays: 5_000 * scale }
const { labs } = await findCatalogue(repository)
const sampled = full ? labs : ['identity-policies', 'session-policy']

let workshop: Workshop | undefined
afterEach(() => workshop?.close())

const withTimings = ({ catalogue }: Workshop): Partial<RunOptions> => ({ catalogue: { ...catalogue, timings } })

describe.each(sampled)('%s', lab => {
  test('passes while answers flap, no step beyond its time', { timeout: 3_600_000 }, async () => {
    workshop = await openWorkshop({ eventual: true, propagation: { delay, flap: true, seed: 3 } })
    const report = await workshop.run([lab], withTimings(workshop))
    const steps = report.labs.flatMap(each => each.steps)
    const bad = steps.filter(step => step.status !== 'passed')
    expect(notPassed(report), JSON.stringify(bad, null, 1)).toEqual([])
    const late = steps.filter(({ durationMs }) => durationMs > timings.within)
    expect(late.map(({ id, durationMs }) => `${id} ${durationMs} ms`)).toEqual([])
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  })
})

test('what is allowed for good does not pass for denied because answers flap', { timeout: 600_000 }, async () => {
  workshop = await openWorkshop({
    eventual: true,
    authorization: 'off',
    propagation: { delay, flap: true, seed: 5 },
  })
  const report = await workshop.run(['identity-policies'], withTimings(workshop))
  expect(stepOf(report, 'team-b-denied')).toMatchObject({ status: 'failed', actual: { outcome: 'allowed' } })
})

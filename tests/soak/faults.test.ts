import { afterEach, describe, expect, test } from 'vitest'
import { findCatalogue } from '../../runner/index.ts'
import type { FaultOptions } from '../../sandbox/index.ts'
import { accountOf, notPassed, openWorkshop, repository, stepsOf, type Workshop } from '../runner/engine/harness.ts'

/** The full form takes every lab through a hundred seeds; without SOAK a few labs go through one each, the same every time. */
const full = process.env.SOAK !== undefined
const seeds = Number(process.env.SOAK_SEEDS ?? (full ? 100 : 1))
const { labs } = await findCatalogue(repository)
const sampled = full ? labs : ['repository-policies', 'ci-cd-repository-policy', 'session-policy']

/** A fifth of all calls is throttled, one in twenty fails at AWS's side, one in twenty gets no answer, half of those after they took effect; some answers break off, some are slow. */
const weather = (seed: number): FaultOptions => ({
  seed,
  rules: [
    { kind: 'throttle', probability: 0.2 },
    { kind: 'server-error', probability: 0.05 },
    { kind: 'reset', probability: 0.025 },
    { kind: 'reset', probability: 0.025, when: 'after' },
    { kind: 'truncate', probability: 0.01 },
    { kind: 'latency', probability: 0.02, delay: 200 },
  ],
})

let workshop: Workshop | undefined
afterEach(() => workshop?.close())

const words = (each: unknown) => JSON.stringify(each, null, 1)
const drawn = Array.from({ length: seeds }, (_, index) => index + 1)

describe.each(sampled)('%s', lab => {
  test.each(drawn)('seed %i: passes, and leaves nothing', { timeout: 600_000 }, async seed => {
    workshop = await openWorkshop({ faults: weather(seed) })
    const report = await workshop.run([lab])
    const bad = report.labs.flatMap(each => each.steps.filter(step => step.status !== 'passed'))
    expect(notPassed(report), words(bad)).toEqual([])
    const torn = await workshop.teardown()
    expect(torn, words(torn)).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  })

  test.each(drawn)('seed %i: what is wrong fails as without faults', { timeout: 600_000 }, async seed => {
    const calm = await openWorkshop({ authorization: 'off' })
    // One after another: where nothing is refused, a step may take away what the one beside it asks for.
    const without = stepsOf(await calm.run([lab], { parallel: 1 }))
    await calm.close()
    workshop = await openWorkshop({ authorization: 'off', faults: weather(seed) })
    expect(stepsOf(await workshop.run([lab], { parallel: 1 }))).toEqual(without)
  })
})

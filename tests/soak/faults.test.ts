import { describe, expect, test } from 'vitest'
import type { FaultOptions } from '../../sandbox/index.ts'
import { openWorkshop, stepsOf, type Workshop } from '../runner/engine/harness.ts'
import { complaintsOf, leftOf } from './complaints.ts'
import { everySeed, full, seedsOf, shardOf } from './seeds.ts'
import { folderOf, soakedLabs } from './soaked-labs.ts'

/** The full form takes every lab through a hundred seeds; without SOAK a few labs go through one each. */
const seeds = seedsOf(full ? 100 : 1)
const sampled = full ? shardOf(soakedLabs) : ['repository-policies', 'lockout', 'every-kind']

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

const timeout = 4 * 3_600_000

describe.each(sampled)('%s', lab => {
  test(`${seeds.length} seeds: passes, and leaves nothing`, { timeout }, async () => {
    const pass = async (seed: number) => {
      const workshop = await openWorkshop({ labs: folderOf(lab), faults: weather(seed) })
      try {
        return [...complaintsOf(await workshop.run([lab])), ...(await leftOf(workshop))]
      } finally {
        await workshop.close()
      }
    }
    expect(await everySeed(`faults: ${lab}: passes`, seeds, pass)).toEqual([])
  })

  test(`${seeds.length} seeds: what is wrong fails as without faults`, { timeout }, async () => {
    // One after another: where nothing is refused, a step may take away what the one beside it asks for.
    const wrong = async (workshop: Workshop) => stepsOf(await workshop.run([lab], { parallel: 1 }))
    const calm = await openWorkshop({ labs: folderOf(lab), authorization: 'off' })
    const without = await wrong(calm)
    await calm.close()
    const fail = async (seed: number) => {
      const workshop = await openWorkshop({ labs: folderOf(lab), authorization: 'off', faults: weather(seed) })
      try {
        const found = await wrong(workshop)
        const differ = found.filter((step, index) => step !== without[index])
        return [...differ, ...(await leftOf(workshop))]
      } finally {
        await workshop.close()
      }
    }
    expect(await everySeed(`faults: ${lab}: fails`, seeds, fail)).toEqual([])
  })
})

// One run after another: its labs keep the processor busy, and a call that waits for it too long is given up, as it should be.
test.runIf(shardOf(['all labs']).length > 0)(
  'all labs at once, in the same weather: each passes, and nothing is left',
  { timeout },
  async () => {
    const pass = async (seed: number) => {
      const workshop = await openWorkshop({ faults: weather(seed) })
      try {
        const report = await workshop.run(workshop.catalogue.labs, { parallel: 16 })
        return [...complaintsOf(report), ...(await leftOf(workshop))]
      } finally {
        await workshop.close()
      }
    }
    expect(await everySeed('faults: all labs at once', seedsOf(full ? 20 : 1), pass, 1)).toEqual([])
  },
)

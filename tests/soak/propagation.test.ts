import { describe, expect, test } from 'vitest'
import type { RunOptions } from '../../runner/index.ts'
import type { SandboxOptions } from '../../sandbox/index.ts'
import { openWorkshop, stepOf, type Workshop } from '../runner/engine/harness.ts'
import { complaintsOf, leftOf } from './complaints.ts'
import { everySeed, full, seedsOf, shardOf } from './seeds.ts'
import { folderOf, soakedLabs } from './soaked-labs.ts'

/** The full form waits as long as AWS makes people wait; without SOAK everything is a hundredth of it. */
const scale = full ? 1 : 0.01
const longest = 30_000 * scale
const timings = { within: full ? 120_000 : 8_000, stays: 5_000 * scale }
const seeds = seedsOf(full ? 100 : 1)
const sampled = full ? shardOf(soakedLabs) : ['identity-policies', 'session-policy']

/** So long IAM's own reads may be behind, which is less than what they do not find is doubted for. AWS's nearly never are. */
const reads = full ? 10_000 : 800
const notFoundFor = full ? 15_000 : 1_200

/**
 * Each kind of change takes a time of its own, a quarter of the longest to all of it; until then each request sees the old or the new by chance.
 * Every other seed has IAM's reads miss, by chance, what was just made.
 */
const spreading = (seed: number): SandboxOptions['propagation'] => {
  const late = (turn: number) => Math.round((longest * (1 + ((seed * 7 + turn * 3) % 4))) / 4)
  const delays = { role: late(0), user: late(1), policy: late(2), 'access-key': late(3), repository: late(4) }
  return { delay: longest, delays, reads: seed % 2 === 1 ? reads : 0, flap: true, seed }
}

const withTimings = ({ catalogue }: Workshop): Partial<RunOptions> => ({
  catalogue: { ...catalogue, timings },
  notFoundFor,
})
const timeout = 4 * 3_600_000

describe.each(sampled)('%s', lab => {
  test(`${seeds.length} seeds: passes while answers flap, no step beyond its time, nothing left`, {
    timeout,
  }, async () => {
    const run = async (seed: number) => {
      const workshop = await openWorkshop({ labs: folderOf(lab), eventual: true, propagation: spreading(seed) })
      try {
        const report = await workshop.run([lab], withTimings(workshop))
        const late = report.labs
          .flatMap(each => each.steps)
          .filter(({ durationMs }) => durationMs > timings.within)
          .map(({ id, durationMs }) => `${id} took ${durationMs} ms`)
        return [...complaintsOf(report), ...late, ...(await leftOf(workshop, { notFoundFor }))]
      } finally {
        await workshop.close()
      }
    }
    expect(await everySeed(`propagation: ${lab}`, seeds, run)).toEqual([])
  })

  test(`${seeds.length} seeds: stopped where something is made and taken back at once, while reads are behind: nothing left`, {
    timeout,
  }, async () => {
    const run = async (seed: number) => {
      const propagation = { delay: 0, reads, flap: true, seed }
      const workshop = await openWorkshop({ labs: folderOf(lab), eventual: true, propagation })
      try {
        const { labs } = await workshop.options([lab])
        const steps = labs.find(({ id }) => id === lab)?.groups.flat() ?? []
        const making = steps.filter(({ kind }) => kind.startsWith('create-'))
        const until = making[seed % making.length]?.id ?? null
        await workshop.run([lab], { ...withTimings(workshop), until })
        return await leftOf(workshop, { notFoundFor })
      } finally {
        await workshop.close()
      }
    }
    expect(await everySeed(`propagation, taken back: ${lab}`, seeds, run)).toEqual([])
  })
})

test('what is allowed for good does not pass for denied because answers flap', { timeout }, async () => {
  const run = async (seed: number) => {
    const workshop = await openWorkshop({ eventual: true, authorization: 'off', propagation: spreading(seed) })
    try {
      const { status, actual } = stepOf(
        await workshop.run(['identity-policies'], withTimings(workshop)),
        'team-b-denied',
      )
      return status === 'failed' && actual?.outcome === 'allowed' ? [] : [`${status} ${JSON.stringify(actual)}`]
    } finally {
      await workshop.close()
    }
  }
  expect(await everySeed('propagation: wrong', seeds, run)).toEqual([])
})

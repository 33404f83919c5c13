import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { messagePattern } from './errors/message-pattern.ts'
import { casesOf, coverage, rows } from './errors/rows.ts'
import { type World, worldOn } from './errors/world.ts'
import { onAws } from './on-aws.ts'
import { refusalOf } from './sandbox-for-tests.ts'
import { conformanceTarget } from './target.ts'

let world: World

beforeAll(async () => {
  const clock = { later: 0 }
  const now = Date.now.bind(Date)
  // Before the sandbox takes its clock.
  vi.spyOn(Date, 'now').mockImplementation(() => now() + clock.later)
  world = worldOn(await conformanceTarget(), clock)
})
afterAll(async () => {
  await world.close()
  vi.restoreAllMocks()
}, 600_000)

describe('each recorded or pasted error of AWS', () => {
  test.each(casesOf(onAws))('$operation: $row.situation', async ({ row, operation, scene }) => {
    const refusals = [await scene(world, operation)].flat()
    expect(refusals).not.toHaveLength(0)
    for (const { call, values = {} } of refusals) {
      const [code, status, message] = await refusalOf(call())
      expect([code, status]).toEqual([row.code, row.httpStatus])
      // AWS promises codes, not sentences.
      if (!onAws && row.message !== null) expect(message).toMatch(messagePattern(row.message, values))
    }
  })
})

test('every row whose source is recorded or pasted is built, or said why not', () => {
  const { covered, left } = coverage(onAws)
  expect(left.filter(({ because }) => because === null)).toEqual([])
  expect(covered.length + left.length).toBe(rows.filter(({ source }) => source !== 'secondary').length)
})

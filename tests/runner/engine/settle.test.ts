import { expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { type Settling, settle } from '../../../runner/engine/settle.ts'
import { allowed, denied, failed, mustBeAllowed } from './answers.ts'

const answers: Readonly<Record<string, Outcome>> = {
  a: allowed(),
  d: denied(),
  e: denied('explicitDeny'),
  n: failed('request', 'NotFound'),
  t: failed('throttled'),
  u: failed('unavailable'),
  x: failed('network'),
}

/** Asks a script, one letter an answer, the last one for ever; time passes only in pauses. */
async function play(script: string, options: Partial<Settling> = {}) {
  let time = 0
  let asked = 0
  const settled = await settle({
    ask: async () => {
      const letter = script[Math.min(asked, script.length - 1)] ?? ''
      asked += 1
      const answer = answers[letter]
      if (!answer) throw new Error(`no answer is called ${letter}`)
      return answer
    },
    judge: mustBeAllowed,
    eventual: true,
    within: 60_000,
    stays: 0,
    signal: new AbortController().signal,
    now: () => time,
    pause: async milliseconds => {
      time += milliseconds
    },
    ...options,
  })
  const { verdict, attempts, waitedMs } = settled
  return { passed: verdict.passed, settled: settled.settled, attempts, waitedMs, asked, time }
}

test.each([
  ['three equal in a row', 'aaa', {}, 3],
  ['denied first, as while a change spreads', 'ddaaa', {}, 5],
  ['one success followed by a denial is none', 'adaaa', {}, 5],
  ['two successes followed by a denial are none', 'aadaaa', {}, 6],
  ['a throttled answer between starts the row anew', 'aataaa', {}, 6],
  ['an answer that never came between starts the row anew', 'aaxaaa', {}, 6],
  ['an immediate target: one answer', 'a', { eventual: false }, 1],
  ['no time at all, and it is true at once', 'aaa', { within: 1_000 }, 3],
])('passes: %s', async (_, script, options, attempts) =>
  expect(await play(script, options)).toMatchObject({ passed: true, settled: true, attempts, asked: attempts }),
)

test.each([
  ['an immediate target: one answer', 'd', { eventual: false }],
  ['denied to the end', 'd', {}],
  ['allowed at first, then denied for good', 'aad', {}],
  ['another failure to the end', 'n', {}],
])('wrong, and settled: %s', async (_, script, options) =>
  expect(await play(script, options)).toMatchObject({ passed: false, settled: true }),
)

test.each([
  ['answers that flap to the end', 'ad'.repeat(500), {}],
  ['two kinds of denial in turn', 'de'.repeat(500), {}],
  ['throttled to the end', 't', {}],
  ['unavailable to the end', 'u', {}],
  ['no answer to the end', 'x', {}],
  ['true too late to hold', 'a', { stays: 120_000 }],
  ['no time for a second wrong answer', 'd', { within: 0 }],
])('not settled: %s', async (_, script, options) => {
  const result = await play(script, options)
  expect(result.settled).toBe(false)
  expect(result.time).toBeLessThanOrEqual(60_000)
})

test.each([
  ['the wrong answer before it has settled', 'd', { passed: false, settled: true }],
  ['the right answer before it has not held', 'a', { passed: true, settled: false }],
])('what the end of its time cut off was not asked: %s', async (_, letters, expected) => {
  let time = 0
  let asked = 0
  const settled = await settle({
    ask: async () => {
      const answer = answers[letters[asked % letters.length] ?? '']
      asked += 1
      const taken = time > 9_000 ? 10_000 - time : 0
      time += taken
      return taken > 0 || !answer ? failed('network', 'TimeoutError') : answer
    },
    judge: mustBeAllowed,
    ...{ eventual: true, within: 10_000, stays: 60_000, signal: new AbortController().signal },
    now: () => time,
    pause: async milliseconds => {
      time += Math.min(milliseconds, time < 9_900 ? 9_900 - time + 1 : milliseconds)
    },
  })
  expect({ passed: settled.verdict.passed, settled: settled.settled }).toEqual(expected)
})

/** Asks for answers that take their time, in milliseconds; the time of the step cuts off what would come later. */
async function playSlow(script: readonly (readonly [letter: string, took: number])[], within: number) {
  let time = 0
  let asked = 0
  const settled = await settle({
    ask: async () => {
      const [letter = '', took = 0] = script[Math.min(asked, script.length - 1)] ?? []
      asked += 1
      const isCutOff = time + took >= within
      time = Math.min(time + took, within)
      const answer = answers[letter]
      return isCutOff || !answer ? failed('network', 'TimeoutError') : answer
    },
    judge: mustBeAllowed,
    ...{ eventual: true, within, stays: 0, signal: new AbortController().signal },
    now: () => time,
    pause: async milliseconds => {
      time += milliseconds
    },
  })
  return { passed: settled.verdict.passed, settled: settled.settled }
}

test.each([
  [
    'wrong at first, then silence to the end',
    [
      ['d', 1],
      ['d', 1],
      ['d', 1],
      ['d', 1e6],
    ],
    false,
    false,
  ],
  [
    'wrong at first, one answer held up, then right',
    [
      ['d', 1],
      ['d', 1],
      ['d', 1],
      ['d', 8_200],
      ['a', 1],
    ],
    true,
    true,
  ],
  ['wrong to the end, every answer slow', [['d', 1_500]], false, true],
  [
    'wrong to the end, one answer held up',
    [
      ['d', 1],
      ['d', 8_200],
      ['d', 1],
    ],
    false,
    true,
  ],
] as const)('answers that take their time: %s', async (_, script, passed, settled) =>
  expect(await playSlow(script, 16_000)).toEqual({ passed, settled }),
)

test('a wrong verdict is not given before the time is over', async () => {
  const { time, attempts } = await play('d', { within: 10_000 })
  expect(time).toBe(10_000)
  expect(attempts).toBeGreaterThan(5)
})

test('it must hold: asked again until `stays` is over', async () => {
  const { time, settled, asked } = await play('a', { stays: 5_000 })
  expect(settled).toBe(true)
  expect(time).toBeGreaterThanOrEqual(5_000)
  expect(asked).toBeGreaterThan(5)
})

test('a hold that lapses begins anew', async () => {
  const held = await play('a', { stays: 5_000 })
  const lapsed = await play('aaaadaaa', { stays: 5_000 })
  expect(lapsed).toMatchObject({ passed: true, settled: true })
  expect(lapsed.time).toBeGreaterThan(held.time)
})

test('an interrupt ends it after the answer under way, unsettled', async () => {
  const abort = new AbortController()
  abort.abort()
  expect(await play('d', { signal: abort.signal })).toMatchObject({ attempts: 1, settled: false })
})

test('every answer is told, with its number', async () => {
  const told: number[] = []
  await play('daaa', { onAnswer: attempts => told.push(attempts) })
  expect(told).toEqual([1, 2, 3, 4])
})

test.each([
  ['the first answer stays', 'a', {}, 0],
  ['an immediate target', 'd', { eventual: false }, 0],
  ['the third answer is the first of those that stay', 'dda', {}, 230],
  ['what was true and lapsed does not count', 'aada', {}, 399],
  ['a wrong answer that stays', 'adaadaadad', { within: 10_000 }, null],
  ['nothing stays', 'ad'.repeat(500), { within: 10_000 }, 10_000],
])('what was waited: %s', async (_, script, options, waited) => {
  const { waitedMs, time } = await play(script, options)
  if (waited === null) expect(waitedMs).toBeGreaterThan(0)
  else expect(Math.round(waitedMs)).toBe(waited)
  expect(waitedMs).toBeLessThanOrEqual(time)
})

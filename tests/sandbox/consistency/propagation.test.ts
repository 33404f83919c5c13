import { beforeEach, describe, expect, test } from 'vitest'
import { type PropagationOptions, propagationOf } from '../../../sandbox/consistency/propagation.ts'
import { type Group, groups } from '../../../sandbox/iam/entities.ts'
import type { Store } from '../../../sandbox/state/store.ts'
import { sessions } from '../../../sandbox/sts/entities.ts'
import { memoryStore } from '../memory-store.ts'

let plain: Store
beforeEach(() => {
  plain = memoryStore()
})

const groupOf = (CreateDate: number): Group => ({
  GroupName: 'g',
  GroupId: 'i',
  Path: '/',
  Arn: 'a',
  CreateDate,
  inline: {},
  attached: [],
})

const actions: Record<string, (state: Store, now: number) => void> = {
  put: (state, now) => state.put(groups, groupOf(now), 'account', 'g'),
  remove: state => {
    state.remove(groups, 'account', 'g')
  },
}

const enforcedAt = (now: number, options: PropagationOptions = { delay: 100 }): number | undefined =>
  propagationOf(options).around(plain, now).settled?.get(groups, 'account', 'g')?.CreateDate

describe.each<[string, [number, string][], [number, number | undefined][]]>([
  [
    'made',
    [[1000, 'put']],
    [
      [1000, undefined],
      [1099, undefined],
      [1100, 1000],
      [9999, 1000],
    ],
  ],
  [
    'changed',
    [
      [1000, 'put'],
      [2000, 'put'],
    ],
    [
      [2000, 1000],
      [2099, 1000],
      [2100, 2000],
    ],
  ],
  [
    'changed twice within the delay',
    [
      [1000, 'put'],
      [1050, 'put'],
    ],
    [
      [1099, undefined],
      [1100, 1000],
      [1149, 1000],
      [1150, 1050],
    ],
  ],
  [
    'removed',
    [
      [1000, 'put'],
      [2000, 'remove'],
    ],
    [
      [2099, 1000],
      [2100, undefined],
    ],
  ],
  [
    'removed and made anew',
    [
      [1000, 'put'],
      [2000, 'remove'],
      [2010, 'put'],
    ],
    [
      [2050, 1000],
      [2100, undefined],
      [2110, 2010],
    ],
  ],
  [
    'changed twice in one millisecond',
    [
      [1000, 'put'],
      [1000, 'remove'],
    ],
    [
      [1050, undefined],
      [1100, undefined],
    ],
  ],
])('a record that is %s', (_title, writes, expected) => {
  test.each(expected)('at %i', (now, value) => {
    for (const [at, action] of writes) actions[action]?.(propagationOf({ delay: 100 }).around(plain, at), at)
    expect(enforcedAt(now)).toBe(value)
  })
})

test('IAM itself reads what was written', () => {
  const state = propagationOf({ delay: 100 }).around(plain, 1000)
  actions.put?.(state, 1000)
  expect(state.get(groups, 'account', 'g')?.CreateDate).toBe(1000)
})

describe('reads of IAM that are behind', () => {
  const readAt = (now: number, options: Partial<PropagationOptions> = {}) =>
    propagationOf({ delay: 0, reads: 100, ...options }).around(plain, now).read
  const seenAt = (now: number) => readAt(now)?.get(groups, 'account', 'g')?.CreateDate
  const write = (now: number, action: 'put' | 'remove') =>
    actions[action]?.(propagationOf({ delay: 0 }).around(plain, now), now)

  test('do not find what was made, nor list it; what was changed or removed they see at once', () => {
    write(1000, 'put')
    expect([1000, 1099, 1100].map(seenAt)).toEqual([undefined, undefined, 1000])
    const listed = (now: number) => [...(readAt(now)?.list(groups, ['account']) ?? [])].length
    expect([1099, 1100].map(listed)).toEqual([0, 1])
    write(2000, 'put')
    expect(seenAt(2000)).toBe(2000)
    write(3000, 'remove')
    expect(seenAt(3000)).toBeUndefined()
  })

  test('waver by chance where answers flap, and are never behind where nothing was said of them', () => {
    write(1000, 'put')
    const flapping = propagationOf({ delay: 0, reads: 100, flap: true })
    const seen = Array.from({ length: 40 }, () => flapping.around(plain, 1050).read === undefined)
    expect(new Set(seen)).toEqual(new Set([true, false]))
    expect(readAt(1050, { reads: 0 })).toBeUndefined()
  })
})

test('a kind of change may have a delay of its own', () => {
  actions.put?.(propagationOf({ delay: 100 }).around(plain, 1000), 1000)
  expect(enforcedAt(1000, { delay: 100, delays: { group: 0 } })).toBe(1000)
  expect(enforcedAt(1200, { delay: 100, delays: { group: 500 } })).toBeUndefined()
})

test('sessions are good at once', () => {
  const state = propagationOf({ delay: 100 }).around(plain, 1000)
  state.put(sessions, { accountId: 'a' } as never, 'ASIA')
  expect(state.settled?.get(sessions, 'ASIA')).toBeDefined()
})

test('flapping answers are by chance, and the same for the same seed', () => {
  actions.put?.(propagationOf({ delay: 100 }).around(plain, 1000), 1000)
  const run = (seed: number): boolean[] => {
    const propagation = propagationOf({ delay: 100, flap: true, seed })
    return Array.from(
      { length: 40 },
      () => propagation.around(plain, 1050).settled?.get(groups, 'account', 'g') !== undefined,
    )
  }
  expect(new Set(run(7))).toEqual(new Set([true, false]))
  expect(run(7)).toEqual(run(7))
  expect(run(7)).not.toEqual(run(8))
})

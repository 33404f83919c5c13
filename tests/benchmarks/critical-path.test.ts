import { expect, test } from 'vitest'
// @ts-expect-error a script of the benchmarks, without types
import { callsInARow, criticalPath } from '../../benchmarks/critical-path.mjs'

const start = Date.parse('2026-11-22T12:00:00.000Z')
const at = (ms: number) => new Date(start + ms).toISOString()
const call = (operation: string, begin: number, end: number) => ({
  operation,
  time: at(end),
  milliseconds: end - begin,
})
const step = (id: string, begin: number, durationMs: number) => ({ id, startedAt: at(begin), durationMs })

/** A push as a run has logged it, one of its delays a timer's little too short: three reads at once, two blobs one after the other, the image. It takes more than eleven times the added time. */
const push = [
  ...[call('BatchGetImage', 12, 113), call('BatchGetImage', 15, 115), call('DescribeRepositories', 16, 117)],
  ...[
    { ...call('BatchCheckLayerAvailability', 125, 226), milliseconds: 99.951 },
    call('InitiateLayerUpload', 232, 333),
  ],
  ...[call('UploadLayerPart', 337, 443), call('CompleteLayerUpload', 445, 558)],
  ...[call('BatchCheckLayerAvailability', 563, 667), call('InitiateLayerUpload', 668, 776)],
  ...[call('UploadLayerPart', 781, 883), call('CompleteLayerUpload', 892, 1001), call('PutImage', 1005, 1124)],
]

test('calls in a row are counted by what was logged, not by how long a step took', () => {
  const labs = [{ id: 'a', steps: [step('push', 0, 1126), step('list', 1130, 190), step('wait', 1320, 900)] }]
  const log = [
    call('GetCallerIdentity', -150, -45),
    ...push,
    call('ListImages', 1200, 1310),
    call('PutImage', 1400, 1404),
  ]
  expect(Object.fromEntries(callsInARow({ labs }, log, 100))).toEqual({ 'a/push': 10, 'a/list': 1, 'a/wait': 0 })
})

test('a call that is no step’s is not lost', () => {
  const labs = [{ id: 'a', steps: [step('one', 0, 110), step('two', 500, 110)] }]
  expect(() => callsInARow({ labs }, [call('GetRole', 200, 305)], 100)).toThrow('GetRole at 2026-11-22T12:00:00.252Z')
})

test('the path is the longest of the labs after those they need, a group counting as the longest of its steps', () => {
  const labs = new Map([
    ['base', { steps: [{ id: 'x' }, { parallel: [{ id: 'y' }, { id: 'z' }] }] }],
    ['short', { needs: ['base'], steps: [{ id: 'x' }] }],
    ['long', { steps: [{ id: 'x' }] }],
  ])
  const calls = new Map([
    ['base/x', 2],
    ['base/y', 1],
    ['base/z', 4],
    ['short/x', 1],
    ['long/x', 6],
  ])
  expect(criticalPath(labs, calls)).toEqual({ lab: 'short', calls: 7 })
})

import { expect, test } from 'vitest'
import { readFaults } from '../../../sandbox/faults/read-faults.ts'

test('a file of faults', () => {
  const value = {
    seed: 7,
    rules: [
      { kind: 'latency', operation: 'iam:*', probability: 0.5, delay: '2s', times: 3 },
      { kind: 'reset', when: 'after', delay: 250 },
    ],
  }
  expect(readFaults(value, 'faults.yaml')).toEqual({
    seed: 7,
    rules: [
      { kind: 'latency', operation: 'iam:*', probability: 0.5, delay: 2000, times: 3 },
      { kind: 'reset', when: 'after', delay: 250 },
    ],
  })
})

test.each([
  [null, /^`faults.yaml` is no list of faults: /],
  [{ rules: [] }, /rules: /],
  [{ rules: [{ kind: 'explode' }] }, /rules\[0\]\.kind: invalid option/],
  [{ rules: [{ kind: 'reset', probability: 2 }] }, /rules\[0\]\.probability: /],
  [{ rules: [{ kind: 'reset', operation: 's3:GetObject' }] }, /rules\[0\]\.operation: expected `\*`, or a service/],
  [{ rules: [{ kind: 'reset', chance: 1 }] }, /rules\[0\]: unrecognized key/],
  [{ rules: [{ kind: 'latency', delay: 'soon' }] }, /rules\[0\]\.delay: /],
])('%j is refused with its place', (value, message) => {
  expect(() => readFaults(value, 'faults.yaml')).toThrow(message)
})

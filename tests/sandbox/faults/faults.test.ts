import { expect, test } from 'vitest'
import type { FaultRule } from '../../../sandbox/faults/fault-rule.ts'
import { faultError, faultsOf } from '../../../sandbox/faults/faults.ts'

const struck = (rule: FaultRule, calls: number, seed?: number): boolean[] => {
  const faults = faultsOf({ rules: [rule], seed })
  return Array.from({ length: calls }, () => faults.strike('ecr', 'ListImages') !== null)
}

test.each<[FaultRule, boolean[]]>([
  [{ kind: 'reset' }, [true, true, true]],
  [{ kind: 'reset', times: 2 }, [true, true, false]],
  [{ kind: 'reset', after: 1, times: 1 }, [false, true, false]],
  [{ kind: 'reset', probability: 0 }, [false, false, false]],
  [{ kind: 'reset', operation: 'ecr:ListImages' }, [true, true, true]],
  [{ kind: 'reset', operation: 'ecr:List*' }, [true, true, true]],
  [{ kind: 'reset', operation: '*' }, [true, true, true]],
  [{ kind: 'reset', operation: 'ecr:List' }, [false, false, false]],
  [{ kind: 'reset', operation: 'iam:*' }, [false, false, false]],
])('%j', (rule, expected) => {
  expect(struck(rule, 3)).toEqual(expected)
})

test('chance is the same for the same seed', () => {
  const rule: FaultRule = { kind: 'reset', probability: 0.5 }
  expect(struck(rule, 50, 1)).toEqual(struck(rule, 50, 1))
  expect(struck(rule, 50, 1)).not.toEqual(struck(rule, 50, 2))
  expect(new Set(struck(rule, 50))).toEqual(new Set([true, false]))
})

test('the first rule that strikes counts', () => {
  const faults = faultsOf({
    rules: [
      { kind: 'throttle', operation: 'iam:*' },
      { kind: 'unavailable', delay: 5 },
    ],
  })
  expect(faults.strike('ecr', 'ListImages')).toEqual({ kind: 'unavailable', when: 'before', delay: 5 })
})

test.each([
  ['throttle', 'ecr', 400, 'ThrottlingException'],
  ['throttle', 'iam', 400, 'Throttling'],
  ['server-error', 'ecr', 500, 'ServerException'],
  ['server-error', 'sts', 500, 'InternalFailure'],
  ['unavailable', 'sts', 503, 'ServiceUnavailable'],
] as const)('%s of %s', (kind, service, status, code) => {
  expect(faultError(kind, service)).toMatchObject({ status, code })
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readFaults } from '../../../sandbox/faults/read-faults.ts'

test('the example shows every kind of fault', () => {
  const text = readFileSync(new URL('../../../examples/faults.yaml', import.meta.url), 'utf8')
  const { rules } = readFaults(parse(text), 'faults.yaml')
  expect(rules.map(({ kind }) => kind).sort()).toEqual(
    ['throttle', 'server-error', 'unavailable', 'reset', 'truncate', 'latency'].sort(),
  )
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decideRow } from '../../policy/index.ts'

interface Row {
  id: string
  title: string
  sure: boolean
  expect: { decision: string; policyType?: string }
}

const rows = readFileSync(new URL('../corpus/decisions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Row)

test.each(rows)('$id $title', row => {
  const { id, decision, policyType } = decideRow(row)
  expect({ id, decision }).toEqual({ id: row.id, decision: row.expect.decision })
  if (row.sure) expect(policyType).toBe(row.expect.policyType ?? null)
})

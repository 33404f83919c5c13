import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decideRow } from '../../policy/index.ts'

interface Row {
  id: string
  title: string
  /** false: no source names the policy type, or the rule itself is a choice of ours (docs/policy-evaluation.md). */
  sure: boolean
  expect: { decision: string; policyType?: string }
}

const folder = new URL('./rows/', import.meta.url)
const files = readdirSync(folder).filter(name => name.endsWith('.jsonl'))

describe.each(files)('%s', file => {
  const rows = readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Row)

  test.each(rows)('$id: $title', row => {
    const { id, decision, policyType } = decideRow(row)
    expect({ id, decision, policyType }).toEqual({ id: row.id, policyType: null, ...row.expect })
  })
})

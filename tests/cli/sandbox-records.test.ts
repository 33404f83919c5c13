import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordsFromNow } from '../../cli/sandbox-records.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accesslab-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const line = (requestId: string) => `${JSON.stringify({ requestId, checks: [{ action: requestId }] })}\n`
const log = () => join(folder, 'log.jsonl')
const found = async (records: ReturnType<typeof recordsFromNow>, ...ids: string[]) => [
  ...(await records(new Set(ids))).keys(),
]

test('only what is written from now on, half a line passed over', async () => {
  writeFileSync(log(), line('old'))
  const records = recordsFromNow(folder)
  appendFileSync(log(), `${line('a')}${line('other')}{"requestId":"b"`)
  expect(await found(records, 'old', 'a', 'b')).toEqual(['a'])
})

test('a line that comes late is waited for', async () => {
  const records = recordsFromNow(folder)
  const asked = found(records, 'a')
  appendFileSync(log(), line('a'))
  expect(await asked).toEqual(['a'])
})

test('a log begun anew is read from its start; without one there is nothing', async () => {
  expect(await found(recordsFromNow(folder), 'a')).toEqual([])
  writeFileSync(log(), line('x'.repeat(100)))
  const records = recordsFromNow(folder)
  writeFileSync(log(), line('a'))
  expect(await found(records, 'a')).toEqual(['a'])
})

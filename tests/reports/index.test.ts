import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../assertions/index.ts'
import { reportFormats } from '../../reports/index.ts'

const folder = join(import.meta.dirname, '../../reports')

test('the list is the folder', () => {
  const files = readdirSync(folder).filter(file => file !== 'index.ts' && file.endsWith('.ts'))
  expect(Object.keys(reportFormats).sort()).toEqual(files.map(file => file.replace(/\.ts$/, '')).sort())
})

test('json is the report itself', () => {
  const report: Report = {
    schemaVersion: 1,
    tool: { name: 'accesslab', version: '0.1.0' },
    runId: 'x1f3',
    command: 'run',
    target: 'sandbox',
    accountId: '111122223333',
    region: 'us-west-2',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    exitCode: 0,
    labs: [],
    leftovers: [],
  }
  const text = reportFormats.json?.(report) ?? ''
  expect(JSON.parse(text)).toEqual(report)
  expect(text.endsWith('}\n')).toBe(true)
})

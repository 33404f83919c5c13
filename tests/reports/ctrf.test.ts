import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import addFormatsModule from 'ajv-formats'
import { expect, test } from 'vitest'
import type { Report } from '../../assertions/index.ts'
import { ctrf } from '../../reports/ctrf.ts'
import { harmfulReport, labReport, longReport, mixedReport, reportOf, stepReport } from './sample-report.ts'

const addFormats = addFormatsModule.default

/** CTRF's own schema, as its package carries it. */
const published = createRequire(import.meta.url).resolve('ctrf')
const schema = JSON.parse(readFileSync(join(dirname(published), 'ctrf-schema-0.0.json'), 'utf8'))
const ajv = new Ajv({ allErrors: true, strict: false })
addFormats(ajv)
const validate = ajv.compile<Document>(schema)

interface Document {
  results: {
    summary: Record<string, number>
    tests: { name: string; status: string; rawStatus: string; message?: string; trace?: string }[]
  }
}

function documentOf(report: Report): Document {
  const value: unknown = JSON.parse(ctrf(report))
  if (!validate(value)) throw new Error(ajv.errorsText(validate.errors))
  return value
}

test.each([
  ['every outcome', mixedReport()],
  ['500 steps', longReport()],
  ['harm in every text', harmfulReport()],
  ['nothing', reportOf([])],
])('%s: valid by CTRF’s schema, and the counts add up', (_, report) => {
  const { summary, tests } = documentOf(report).results
  const { passed = 0, failed = 0, skipped = 0, other = 0, start = 0, stop = 0 } = summary
  expect(passed + failed + skipped + other).toBe(summary.tests)
  expect(summary.tests).toBe(tests.length)
  expect(stop - start).toBe(report.durationMs)
})

test.each([
  ['a status of ours', (document: Document) => document.results.tests.map(each => (each.status = 'blocked'))],
  ['a count in words', ({ results }: Document) => Object.assign(results.summary, { passed: 'two' })],
  ['a member that is not CTRF’s', ({ results }: Document) => Object.assign(results.tests[0] ?? {}, { attempts: 3 })],
])('%s is found', (_, spoil) => {
  const document = documentOf(mixedReport())
  spoil(document)
  expect(validate(document)).toBe(false)
})

test('a test says when it began and ended', () => {
  const startedAt = '2026-01-01T00:00:01.000Z'
  const report = reportOf([labReport('one', 'passed', [stepReport('a', 'passed', { startedAt, durationMs: 500 })])])
  const start = Date.parse(startedAt)
  expect(documentOf(report).results.tests[0]).toMatchObject({ start, stop: start + 500, duration: 500 })
})

test('what could not be judged is neither passed nor failed, and keeps our word', () => {
  const { tests } = documentOf(mixedReport()).results
  expect(tests.map(({ name, status, rawStatus }) => [name, status, rawStatus])).toEqual([
    ['base/made', 'passed', 'passed'],
    ['one/right', 'passed', 'passed'],
    ['one/wrong', 'failed', 'failed'],
    ['one/nasty', 'failed', 'failed'],
    ['one/throttled', 'other', 'error'],
    ['one/organization', 'other', 'blocked'],
    ['one/left-out', 'skipped', 'skipped'],
  ])
})

test('no terminal sequence and no control character is passed on', () => {
  const { tests } = documentOf(mixedReport()).results
  expect(tests.map(({ message, trace }) => `${message}${trace}`).join('')).not.toMatch(/[^\P{Cc}\n\t]/u)
})

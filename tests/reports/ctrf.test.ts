import { expect, test } from 'vitest'
import * as z from 'zod'
import { ctrf } from '../../reports/ctrf.ts'
import { longReport, mixedReport, reportOf } from './sample-report.ts'

const whole = z.number().int()
const extra = z.record(z.string(), z.unknown())

/** The members of CTRF's schema that we write, as strict as it is: no member more. */
const document = z.strictObject({
  reportFormat: z.literal('CTRF'),
  specVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  timestamp: z.iso.datetime(),
  generatedBy: z.string(),
  results: z.strictObject({
    tool: z.strictObject({ name: z.string().min(1), version: z.string() }),
    summary: z.strictObject({
      ...{ tests: whole, passed: whole, failed: whole, skipped: whole, pending: whole, other: whole, suites: whole },
      ...{ start: whole, stop: whole },
    }),
    tests: z.array(
      z.strictObject({
        name: z.string().min(1),
        status: z.enum(['passed', 'failed', 'skipped', 'pending', 'other']),
        duration: whole,
        suite: z.array(z.string()).min(1),
        message: z.string().optional(),
        trace: z.string().optional(),
        line: whole,
        rawStatus: z.string(),
        tags: z.array(z.string()),
        filePath: z.string(),
        extra,
      }),
    ),
    environment: z.strictObject({ testEnvironment: z.string(), extra }),
  }),
})

test.each([
  ['every outcome', mixedReport()],
  ['500 steps', longReport()],
  ['nothing', reportOf([])],
])('%s: the members are the schema’s, and the counts add up', (_, report) => {
  const { summary, tests } = document.parse(JSON.parse(ctrf(report))).results
  expect(summary.passed + summary.failed + summary.skipped + summary.other).toBe(summary.tests)
  expect(summary.tests).toBe(tests.length)
  expect(summary.stop - summary.start).toBe(report.durationMs)
})

test('what could not be judged is neither passed nor failed, and keeps our word', () => {
  const { tests } = document.parse(JSON.parse(ctrf(mixedReport()))).results
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
  const { tests } = document.parse(JSON.parse(ctrf(mixedReport()))).results
  expect(tests.map(({ message, trace }) => `${message}${trace}`).join('')).not.toMatch(/[^\P{Cc}\n\t]/u)
})

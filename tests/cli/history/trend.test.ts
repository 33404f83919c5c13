import { expect, test } from 'vitest'
import { entryOf } from '../../../cli/history/entry.ts'
import { percentiles, trendOf } from '../../../cli/history/trend.ts'
import { trendLines } from '../../../cli/history/trend-lines.ts'
import { plain } from '../../../cli/show/colours.ts'
import { labReport, reportOf, stepReport } from '../../reports/sample-report.ts'

const run = (status: 'passed' | 'failed' | 'error', durationMs: number, attempts: number) =>
  entryOf(
    reportOf([labReport('one', status, [stepReport('probe', status, { attempts, durationMs })])], {
      ...{ exitCode: status === 'passed' ? 0 : 1, durationMs },
    }),
  )

test.each([
  [[], null],
  [[7], { p50: 7, p95: 7 }],
  [[4, 1, 3, 2], { p50: 2, p95: 4 }],
  [Array.from({ length: 100 }, (_, index) => index + 1), { p50: 50, p95: 95 }],
])('percentiles of %j', (values, expected) => {
  expect(percentiles(values)).toEqual(expected)
})

test('pass rate, flaky steps and times', () => {
  const runs = [run('passed', 10, 1), run('failed', 20, 3), run('passed', 30, 5), run('error', 40, 9)]
  expect(trendOf(runs)).toEqual({
    runs: 4,
    passRate: 0.5,
    flaky: [{ step: 'one/probe', passed: 2, of: 3 }],
    duration: { p50: 20, p95: 40 },
    propagation: [],
  })
})

test('without runs nothing is said', () => {
  expect(trendOf([])).toEqual({ runs: 0, passRate: null, flaky: [], duration: null, propagation: [] })
})

test('at 60 columns a run is broken between its parts only, and one that was not as expected stands out', () => {
  const runs = [run('passed', 10_000, 1), run('failed', 20_000, 3)]
  const marked = { ...plain, bad: (text: string) => `!${text}` }
  const lines = trendLines(runs, trendOf(runs), { width: 60, colours: marked })
  for (const line of lines) expect(line.replace('!', '').length).toBeLessThanOrEqual(60)
  const [first, second, ...others] = lines
  expect(first).toMatch(/^ \d{4}-\d\d-\d\d \d\d:\d\d · \w+ · run · \w+ · exit 0 ·$/)
  expect(second).toMatch(/^ {3}\d+\/\d+ steps · [\d.]+ s$/)
  expect(others.slice(0, 2).every(line => line.startsWith('!'))).toBe(true)
})

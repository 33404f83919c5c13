import { expect, test } from 'vitest'
import { spanOf, ticksOf } from '../../../reports/page/time-span.ts'
import { labReport, reportOf, stepReport } from '../sample-report.ts'

test.each([
  [1, [0, 1]],
  [5, [0, 1, 2, 3, 4, 5]],
  [42, [0, 10, 20, 30, 40]],
  [1000, [0, 200, 400, 600, 800, 1000]],
  [30_100, [0, 10_000, 20_000, 30_000]],
  [3_600_000, [0, 1_000_000, 2_000_000, 3_000_000]],
])('ticks of %i ms', (length, ticks) => expect(ticksOf(length)).toEqual(ticks))

test.each([
  ['a run', '2026-01-01T00:00:01.000Z', 0, 4200],
  ['a step from before the report', '2025-12-31T23:59:59.000Z', -1000, 5200],
  ['a step that ends after it', '2026-01-01T00:00:04.195Z', 0, 4207],
])('span of %s', (_, startedAt, start, length) => {
  const step = stepReport('a', 'passed', { startedAt })
  const skipped = stepReport('b', 'skipped', { startedAt: '2020-01-01T00:00:00.000Z' })
  const report = reportOf([labReport('one', 'passed', [step, skipped])])
  expect(spanOf(report)).toEqual({ start: Date.parse(report.startedAt) + start, length })
})

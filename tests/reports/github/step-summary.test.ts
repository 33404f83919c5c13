import { expect, test } from 'vitest'
import { stepSummary } from '../../../reports/github/step-summary.ts'
import { markdown } from '../../../reports/markdown.ts'
import { longReport, mixedReport } from '../sample-report.ts'

const long = markdown(longReport())

test('what fits is whole', () => {
  expect(stepSummary(long, 1024 * 1024)).toBe(long)
})

test.each([2_000, 20_000, 50_000])('in %i bytes: whole sections, and a word about the rest', room => {
  const text = stepSummary(long, room)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(room)
  expect(text).toContain('The rest does not fit')
  expect((text.match(/^`{3,}/gm) ?? []).length % 2).toBe(0)
})

test('no room: nothing', () => {
  expect(stepSummary(markdown(mixedReport()), 10)).toBe('')
})

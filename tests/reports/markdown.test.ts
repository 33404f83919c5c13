import { expect, test } from 'vitest'
import { markdown } from '../../reports/markdown.ts'
import { harmfulReport, longReport, mixedReport, nasty, reportOf } from './sample-report.ts'

/** The text outside of code, where markup would count. */
const outsideCode = (text: string) =>
  text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '').replace(/(`+)[^`][\s\S]*?\1(?!`)/g, '')

test('a row a lab, and a section for each step that did not come as expected', () => {
  const text = markdown(mixedReport())
  expect(text).toContain('## AccessLab run: 2 of 7 steps as expected, 2 failed, 1 error, 1 blocked, 1 skipped')
  expect(text).toContain('| `base` (set-up) | passed | 1/1 |  |')
  expect(text).toContain('| `one` | failed | 1/6 | not graded |')
  expect([...text.matchAll(/^### `one\/([\w-]+)` (\w+)$/gm)].map(([, id, status]) => [id, status])).toEqual([
    ['wrong', 'failed'],
    ['nasty', 'failed'],
    ['throttled', 'error'],
    ['organization', 'blocked'],
  ])
  expect(text).toContain('policyType: expected resource-based, found identity-based')
})

test.each([
  ['every outcome', mixedReport()],
  ['500 steps', longReport()],
  ['harm in every text', harmfulReport()],
  ['a lab whose name means harm', reportOf([{ ...longReport().labs[0], id: nasty } as never])],
])('%s: no HTML, no mention and no control character outside of code', (_, report) => {
  const text = markdown(report)
  expect(outsideCode(text)).not.toMatch(/<\w|@/)
  expect(text).not.toMatch(/[^\P{Cc}\n\t]/u)
})

test('a run without trouble is a table alone', () => {
  expect(markdown(reportOf([]))).not.toContain('###')
})

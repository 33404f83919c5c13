import { expect, test } from 'vitest'
import type { StepReport } from '../../../assertions/index.ts'
import { plain } from '../../../cli/show/colours.ts'
import { stepLines } from '../../../cli/show/step-lines.ts'
import { denied, sentence, stepReport } from './step-report.ts'

const layout = { width: null as number | null, colours: plain, kindWidth: 20, verbose: false }
const shown = (report: StepReport, detail: string | null = null) => ({
  report,
  detail,
  probe: true,
  column: 5,
  graded: true,
})

const rows: [string, Partial<StepReport>, string[]][] = [
  [
    'an allowed probe says what it got',
    {},
    ['✔ list-images', 'team-a/alpine as ecrTester', 'allowed, 1 image (v1)', '1/1'],
  ],
  ['evaluated is said', { evidence: 'evaluated' }, ['allowed, 1 image (v1) (evaluated)']],
  [
    'a denial has its reason on a line of its own',
    { actual: denied },
    ['denied, as expected', '\n      ▸ because no identity-based policy allows the ecr:ListImages action'],
  ],
  [
    'a failed probe says expected, actual, where, hint',
    { status: 'failed', points: 0, expected: 'denied: implicitDeny', hint: 'Nothing has granted it.' },
    [
      '✖ list-images',
      '0/1',
      '\n      expected  denied: implicitDeny',
      '\n      actual    allowed, 1 image (v1)',
      '\n      at        labs/identity-policies/lab.yaml:31:5, step team-a-allowed',
      '\n      hint      Nothing has granted it.',
    ],
  ],
  [
    'a wrong denial is quoted whole',
    { status: 'failed', points: 0, actual: denied },
    [`\n      answer    ${sentence}`],
  ],
  [
    'differences are listed',
    { status: 'failed', points: 0, diff: [{ field: 'output.imageIds[0].imageTag', expected: 'v2', actual: 'v1' }] },
    ['differs   output.imageIds[0].imageTag: expected v2, found v1'],
  ],
  ['an error says so and is not graded', { status: 'error', points: null }, ['✖ list-images', 'error', '-/1']],
  ['blocked', { status: 'blocked', points: null, actual: denied }, ['blocked', 'answer    User: ']],
  [
    'skipped, and why',
    { status: 'skipped', points: null, actual: null, hint: 'interrupted' },
    ['- list-images', 'skipped: interrupted'],
  ],
]

test.each(rows)('%s', (_, changed, parts) => {
  const text = stepLines(shown(stepReport(changed)), layout).join('\n')
  for (const part of parts) expect(text).toContain(part)
})

test('points stand at the end of the line', () => {
  const [line = ''] = stepLines(shown(stepReport()), { ...layout, width: 100 })
  expect(line).toHaveLength(100)
  expect(line).toMatch(/ 1\/1$/)
})

test('set-up steps have no points', () => {
  expect(stepLines({ ...shown(stepReport()), graded: false }, layout)[0]).not.toContain('1/1')
})

test('-v adds attempts and request id', () => {
  const lines = stepLines(shown(stepReport({ attempts: 3 })), { ...layout, verbose: true })
  expect(lines.at(-1)).toBe('      3 attempts · 12 ms · request r-1 · HTTP 200')
})

test.each(rows)('60 columns hold: %s', (_, changed) => {
  // A word that is longer, such as an ARN, stands alone and whole.
  for (const line of stepLines(shown(stepReport(changed)), { ...layout, width: 60 }))
    if (line.trim().includes(' ')) expect(line.length, line).toBeLessThanOrEqual(60)
})

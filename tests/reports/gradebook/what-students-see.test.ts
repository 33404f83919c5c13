import { expect, test } from 'vitest'
import type { LabReport, Report, StepReport } from '../../../assertions/index.ts'
import { csv } from '../../../reports/csv.ts'
import { feedback } from '../../../reports/gradebook/feedback.ts'
import { gradescope } from '../../../reports/gradescope.ts'

const step = (id: string, more: Partial<StepReport>): StepReport => ({
  ...{ id, kind: 'list-images', title: `title of ${id}`, as: null, status: 'failed', evidence: 'observed' },
  ...{ attempts: 1, startedAt: '2026-01-01T00:00:00.000Z', waitedMs: 0 },
  ...{ durationMs: 1, file: 'lab.yaml', line: 1, expected: `expected of ${id}`, actual: null },
  ...{ output: null, access: [], changed: null, diff: [], hint: `hint of ${id}`, points: 0, maxPoints: 1, ...more },
})

const report = (more: Partial<LabReport> = {}) => ({
  ...{ schemaVersion: 1 as const, tool: { name: 'accesslab' as const, version: '1.0.0' }, runId: 'r' },
  ...{ command: 'verify' as const, target: 'sandbox' as const, accountId: '111122223333', region: 'us-west-2' },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1500, exitCode: 1, leftovers: [] },
  ...{ student: '=cmd|x', error: null },
  labs: [
    {
      ...{ id: 'lab', title: 'A lab', status: 'failed' as const, setUp: false, points: 1, maxPoints: 3 },
      steps: [
        step('open', { status: 'passed', points: 1 }),
        step('secret', { visibility: 'hidden' }),
        step('later', { visibility: 'after' }),
      ],
      ...more,
    },
  ],
})

test('feedback shows no hidden check, not even by its sum, and does not say that all is done', () => {
  const text = feedback(report())
  expect(text).toContain('1 of 1 points in the checks shown here.')
  expect(text).toContain('Further checks are not shown here.')
  expect(text).not.toMatch(/secret|later|of 3/)
})

test('feedback says how many points are needed', () => {
  const text = feedback(report({ steps: [step('open', { points: 0 })], points: 0, maxPoints: 1, minimum: 1 }))
  expect(text).toContain('0 of 1 points; 1 are needed to pass: not passed.')
  expect(text).toContain('expected: `expected of open`')
})

test('gradescope: hidden checks are hidden there, and the score is the sum', () => {
  const results = JSON.parse(gradescope(report()))
  expect(results.score).toBe(1)
  expect(results.tests.map(({ visibility }: { visibility: string }) => visibility)).toEqual([
    'visible',
    'hidden',
    'after_due_date',
  ])
  expect(results.output).toBe('Further checks are not shown here.')
  for (const each of results.tests) {
    expect(['passed', 'failed']).toContain(each.status)
    expect(each.score).toBeLessThanOrEqual(each.max_score)
  }
})

test('gradescope: what is not graded has no score, never 0', () => {
  const results = JSON.parse(
    gradescope(report({ points: null, steps: [step('open', { status: 'error', points: null })] })),
  )
  expect(results).not.toHaveProperty('score')
  expect(results.tests[0]).not.toHaveProperty('score')
  expect(results.tests[0]).not.toHaveProperty('status')
})

/** Not graded, though every step with points was judged: something else could not be read. */
const open = {
  points: null,
  status: 'blocked' as const,
  steps: [
    step('done', { status: 'passed', points: 3, maxPoints: 3 }),
    step('read', { status: 'blocked', points: null, maxPoints: 0 }),
  ],
}

test('no sum of what is not graded is a mark: of the steps judged, or of the labs', () => {
  const [first] = report().labs
  const [other] = report(open).labs
  for (const labs of [[other], [first, other], [{ ...first, points: null, steps: [] }, first]].map(each =>
    each.filter(lab => lab !== undefined),
  )) {
    const { tests, ...results } = JSON.parse(gradescope({ ...report(), labs } as Report))
    expect(results).not.toHaveProperty('score')
    expect(tests.length).toBeGreaterThan(0)
    for (const each of tests) expect(Object.keys(each)).not.toEqual(expect.arrayContaining(['score']))
  }
  expect(csv(report(open))).toContain(',lab,done,passed,,3\n')
  expect(csv(report())).toContain(',lab,open,passed,1,1\n')
})

test('csv: no cell is a formula, and what is not graded is blank', () => {
  const text = csv(report({ points: null, steps: [step('open', { status: 'error', points: null })] }))
  expect(text).toBe("student,account,lab,step,outcome,points,max\n'=cmd|x,111122223333,lab,open,error,,1\n")
})

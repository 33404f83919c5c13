import { expect, test } from 'vitest'
import type { LabReport, Leftover, Report } from '../../../assertions/index.ts'
import { plain } from '../../../cli/show/colours.ts'
import { summaryLines } from '../../../cli/show/summary.ts'
import { denied, stepReport } from './step-report.ts'

const lab = (changed: Partial<LabReport> = {}): LabReport => ({
  id: 'a',
  title: 'A',
  status: 'passed',
  setUp: false,
  points: 1,
  maxPoints: 1,
  steps: [stepReport()],
  ...changed,
})

const report = (changed: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  tool: { name: 'accesslab', version: '0.1.0' },
  runId: 'x1f3',
  command: 'run',
  target: 'sandbox',
  accountId: '111122223333',
  region: 'us-west-2',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 412,
  exitCode: 0,
  labs: [lab()],
  leftovers: [],
  ...changed,
})

const thing = (type: string): Leftover => ({ type, name: type, arn: null, runId: 'x1f3' })
const kept = [thing('role'), thing('repository'), thing('repository'), thing('policy')]
const failed = lab({
  points: 0,
  steps: [stepReport(), stepReport({ status: 'failed' }), stepReport({ status: 'skipped' })],
})

test.each<[string, Report, readonly Leftover[], boolean, string[]]>([
  [
    'a run that keeps things',
    report({ leftovers: kept }),
    kept,
    false,
    [
      ' 1 step as expected · 1/1 points · 0.4 s · kept: 1 role, 2 repositories, 1 policy',
      ' Next: lab verify a · lab teardown',
    ],
  ],
  [
    'a denial: why it came',
    report({ labs: [lab({ steps: [stepReport(), stepReport({ id: 'b-denied', actual: denied })] })], leftovers: kept }),
    [thing('role')],
    false,
    [
      ' 2 steps as expected · 1/1 points · 0.4 s · kept: 1 role',
      ' Next: lab verify a · lab why a b-denied · lab teardown',
    ],
  ],
  [
    'a step that failed over a decision, also where it was allowed',
    report({
      exitCode: 1,
      labs: [
        lab({
          points: 0,
          steps: [
            stepReport({ id: 'a-denied', actual: denied }),
            stepReport({ id: 'b-denied', status: 'failed', expected: 'denied: implicitDeny' }),
          ],
        }),
      ],
      leftovers: kept,
    }),
    [thing('role')],
    false,
    [
      ' 1 of 2 steps as expected · 1 failed · 0/1 points · 0.4 s · kept: 1 role',
      ' Next: lab why a b-denied · lab teardown',
    ],
  ],
  [
    'a step without a verdict: a denial that came as it should explains nothing of it',
    report({
      exitCode: 3,
      labs: [lab({ steps: [stepReport({ id: 'a-denied', actual: denied }), stepReport({ status: 'error' })] })],
      leftovers: kept,
    }),
    [thing('role')],
    false,
    [' 1 of 2 steps as expected · 1 error · 1/1 points · 0.4 s · kept: 1 role', ' Next: lab teardown'],
  ],
  ['a run with teardown', report(), [], true, [' 1 step as expected · 1/1 points · 0.4 s · nothing left']],
  [
    'a teardown that left something',
    report({ exitCode: 4, leftovers: [thing('role')] }),
    [thing('role')],
    true,
    [' 1 step as expected · 1/1 points · 0.4 s · left behind: 1 role', ' Next: lab teardown · lab status'],
  ],
  [
    'failures',
    report({ exitCode: 1, labs: [failed] }),
    [],
    false,
    [' 1 of 3 steps as expected · 1 failed · 1 skipped · 0/1 points · 0.4 s'],
  ],
  [
    'not graded',
    report({ labs: [lab({ points: null })] }),
    [],
    false,
    [' 1 step as expected · 0/1 points (1 lab not graded) · 0.4 s'],
  ],
  [
    'a verify',
    report({ command: 'verify', durationMs: 72_000 }),
    [],
    false,
    [' 1 step as expected · 1/1 points · 1 min 12 s'],
  ],
])('%s', (_, value, things, teardown, lines) => {
  expect(summaryLines(value, { width: null, colours: plain, asked: ['a'], teardown, kept: things })).toEqual(lines)
})

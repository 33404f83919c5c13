import { expect, test } from 'vitest'
import type { StepReport } from '../../../assertions/index.ts'
import { entryOf } from '../../../cli/history/entry.ts'
import { propagationOf } from '../../../cli/history/propagation.ts'
import { trendOf } from '../../../cli/history/trend.ts'
import { trendLines } from '../../../cli/history/trend-lines.ts'
import { plain } from '../../../cli/show/colours.ts'
import { decision, labReport, reportOf, stepReport } from '../../reports/sample-report.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
const change = (kind: string, name: string, second: number) =>
  stepReport(`${kind}-${second}`, 'passed', {
    kind,
    startedAt: at(second),
    durationMs: 1000,
    changed: { type: kind, name },
  })
/** Asks about a repository from a second on; what it waited, in seconds. */
const probe = (id: string, on: string, second: number, waited: number, more: Partial<StepReport> = {}) =>
  stepReport(id, 'passed', {
    ...{ startedAt: at(second), waitedMs: waited * 1000, durationMs: waited * 1000 + 500, attempts: 5 },
    ...{ access: [decision(on, 'allowed')], ...more },
  })
const seen = (steps: StepReport[]) =>
  [...propagationOf(reportOf([labReport('one', 'passed', steps)]))].map(
    ([step, { kind, ms }]) => `${step} ${kind} ${ms}`,
  )

test.each<[string, StepReport[], string[]]>([
  [
    'from the end of the change to the answer that stayed',
    [change('set', 'a', 0), probe('p', 'a', 1, 3)],
    ['one/p set 3000'],
  ],
  [
    'seen at the first answer: no longer than until it was asked',
    [change('set', 'a', 0), probe('p', 'a', 2, 0)],
    ['one/p set 1000'],
  ],
  [
    'the last change that bears on it',
    [change('make', 'a', 0), change('set', 'a', 1), probe('p', 'a', 2, 1)],
    ['one/p set 1000'],
  ],
  [
    'one that was shown is not shown again',
    [change('set', 'a', 0), probe('p', 'a', 1, 1), probe('q', 'a', 9, 0)],
    ['one/p set 1000'],
  ],
  ['another thing’s change is not it', [change('set', 'b', 0), probe('p', 'a', 1, 1)], []],
  ['what hangs on who asks', [change('attach', 'r policy', 0), probe('p', 'a', 1, 2)], ['one/p attach 2000']],
  [
    'the thing asked about before what hangs on it',
    [
      ...[change('create-role', 'r', 0), change('attach', 'r policy', 1)],
      probe('session', 'a', 2, 1, {
        access: [{ ...decision('a', 'allowed'), principal: null, resource: 'arn:aws:iam::1:role/r' }],
      }),
      probe('p', 'a', 4, 1),
    ],
    ['one/session create-role 2000', 'one/p attach 3000'],
  ],
  ['a target whose answers need no time', [change('set', 'a', 0), probe('p', 'a', 1, 0, { attempts: 1 })], []],
  [
    'an answer that was wrong shows nothing',
    [change('set', 'a', 0), { ...probe('p', 'a', 1, 3), status: 'failed' }],
    [],
  ],
])('%s', (_, steps, expected) => expect(seen(steps)).toEqual(expected))

test('of several runs: p50 and p95 a kind of change', () => {
  const runs = [1, 2, 3, 4].map(waited =>
    entryOf(
      reportOf([labReport('one', 'passed', [change('set-repository-policy', 'a', 0), probe('p', 'a', 1, waited)])]),
    ),
  )
  const trend = trendOf(runs)
  expect(trend.propagation).toEqual([{ kind: 'set-repository-policy', changes: 4, p50: 2000, p95: 4000 }])
  expect(trendLines(runs, trend, { width: null, colours: plain })).toContain(
    ' in force after 2.0 s (p50), 4.0 s (p95): set-repository-policy, 4 changes',
  )
})

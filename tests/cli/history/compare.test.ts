import { expect, test } from 'vitest'
import type { Report, StepReport } from '../../../assertions/index.ts'
import { compareRuns, wordingDrift } from '../../../cli/history/compare.ts'
import { entryOf } from '../../../cli/history/entry.ts'
import { labReport, mixedReport, reportOf, stepReport } from '../../reports/sample-report.ts'

const refusal = mixedReport().labs[1]?.steps[0]?.actual ?? null
const step = (more: Partial<StepReport> = {}) => stepReport('probe', 'passed', { actual: refusal, ...more })
const run = (steps: StepReport[], more: Partial<Report> = {}) =>
  entryOf(reportOf([labReport('one', 'passed', steps)], more))
const saying = (message: string) => step({ actual: refusal && { ...refusal, message } })
const because = (policyType: 'resource-based' | null) =>
  step({
    actual: refusal?.denial
      ? { ...refusal, message: `in other words: ${policyType}`, denial: { ...refusal.denial, policyType } }
      : null,
  })

test.each<[string, StepReport[], StepReport[], string[]]>([
  ['nothing', [step()], [step()], []],
  ['another decision', [step()], [stepReport('probe', 'failed')], ['decision']],
  ['another reason', [step()], [because('resource-based')], ['decision']],
  ['a reason that is not named any more', [step()], [because(null)], ['wording']],
  ['another sentence', [saying('a b')], [saying('a c')], ['wording']],
  ['white space', [saying('a b')], [saying('a\n  b')], []],
  ['much slower', [step({ durationMs: 500 })], [step({ durationMs: 9000 })], ['timing']],
  ['a little slower', [step({ durationMs: 500 })], [step({ durationMs: 1400 })], []],
  ['taken over from an earlier run', [step()], [step({ actual: null, durationMs: 90_000 })], []],
  ['made anew', [step({ actual: null })], [step()], []],
  ['taken over, then refused', [step({ actual: null })], [step({ status: 'failed' })], ['decision']],
  ['not run any more', [step()], [step({ status: 'skipped', actual: null })], ['decision']],
  ['a step more', [], [step()], ['added']],
  ['a step less', [step()], [], ['removed']],
])('%s', (_, before, after, kinds) => {
  expect(compareRuns(run(before), run(after)).map(({ kind }) => kind)).toEqual(kinds)
})

test('a lab that only one of the runs had is one change', () => {
  const other = entryOf(reportOf([labReport('two', 'passed', [step(), step({ id: 'more' })])]))
  const change = { step: null, before: '', after: '', file: '', line: 0 }
  expect(compareRuns(run([step()]), other)).toEqual([
    { kind: 'added', lab: 'two', ...change },
    { kind: 'removed', lab: 'one', ...change },
  ])
})

test('what differs by itself is no wording: account, region, run, ids', () => {
  const at = (accountId: string, region: string, runId: string, id: string) =>
    run([saying(`arn:aws:iam:${region}:${accountId}:role/r-${runId} request ${id} key ASIA${'X'.repeat(16)}`)], {
      ...{ accountId, region, runId },
    })
  const first = at('111122223333', 'us-west-2', 'aaaaaa', '0f8fad5b-d9cb-469f-a165-70867728950e')
  const second = at('444455556666', 'eu-west-1', 'bbbbbb', '7c9e6679-7425-40de-944b-e07fc1f90ae7')
  expect(compareRuns(first, second)).toEqual([])
})

test('nor is the suffix of --isolate', () => {
  const plain = run([saying('role/reader is not authorized')], { runId: 'aaaaaa' })
  expect(compareRuns(plain, run([saying('role/reader-bbbbbb is not authorized')], { runId: 'bbbbbb' }))).toEqual([])
})

test('drift is held against the last time the step was asked on the same target', () => {
  const history = [
    run([saying('old')], { runId: 'r1' }),
    run([saying('on aws')], { runId: 'r2', target: 'aws' }),
    run([saying('verified')], { runId: 'r3', command: 'verify' }),
    run([], { runId: 'r4' }),
  ]
  expect(wordingDrift(history, run([saying('new')], { runId: 'r5' }))).toMatchObject([
    { kind: 'wording', lab: 'one', step: 'probe', before: 'old', after: 'new', line: 31 },
  ])
  expect(wordingDrift([], run([saying('new')]))).toEqual([])
})

test('a night in between that came out otherwise does not hide that the wording has changed', () => {
  const outage = { ...saying('Rate exceeded'), status: 'error' as const }
  const history = [run([saying('old')], { runId: 'r1' }), run([outage], { runId: 'r2' })]
  expect(wordingDrift(history, run([saying('new')], { runId: 'r3' }))).toMatchObject([{ before: 'old', after: 'new' }])
})

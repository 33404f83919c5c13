import { expect, test } from 'vitest'
import type { LabReport, StepReport } from '../../../assertions/index.ts'
import { type Colours, coloured, plain } from '../../../cli/show/colours.ts'
import { eventLines } from '../../../cli/show/plain.ts'
import { removalLines } from '../../../cli/show/removal.ts'
import { summaryLines } from '../../../cli/show/summary.ts'
import type { EngineEvent } from '../../../runner/engine/events.ts'
import { reportOf } from '../../reports/sample-report.ts'
import { denied, stepReport } from './step-report.ts'

const steps: StepReport[] = [
  stepReport({ id: 'role', kind: 'create-role', title: 'ecr_access_teama_role', as: null, points: 0, maxPoints: 0 }),
  stepReport(),
  stepReport({ id: 'team-b-denied', title: 'team-b/alpine', actual: denied, output: null, points: 2, maxPoints: 2 }),
  stepReport({
    ...{ id: 'team-c-allowed', title: 'team-c/alpine', status: 'failed', actual: denied, output: null, points: 0 },
    ...{ diff: [{ field: 'outcome', expected: 'allowed', actual: 'denied' }], hint: 'Nothing has granted it yet.' },
  }),
  stepReport({
    id: 'later',
    title: 'team-a/alpine',
    status: 'skipped',
    actual: null,
    points: null,
    hint: 'interrupted',
  }),
]
const setUp = stepReport({ id: 'repo', kind: 'create-repository', title: 'team-a/alpine', as: null, maxPoints: 0 })

const labOf = (id: string, title: string, isSetUp: boolean, of: StepReport[]): LabReport => ({
  ...{ id, title, status: isSetUp ? 'passed' : 'failed', setUp: isSetUp, points: isSetUp ? 0 : 3 },
  ...{ maxPoints: isSetUp ? 0 : 5, steps: of },
})
const labs = [
  labOf('ecr-repositories', 'Two repositories', true, [setUp]),
  labOf('identity-policies', 'Manage access to ECR repositories with IAM identity-based policies', false, steps),
]
const leftovers = ['role', 'policy', 'repository'].map(type => ({ type, name: type, arn: null, runId: 'x1f3' }))
const report = reportOf(labs, { runId: 'x1f3', leftovers })

const events: EngineEvent[] = [
  { type: 'run', runId: 'x1f3', target: 'aws', accountId: '111122223333', region: 'us-west-2' },
  { type: 'note', text: 'replacing what an earlier run left of identity-policies, which somebody began this morning' },
  ...labs.flatMap((lab): EngineEvent[] => [
    {
      type: 'lab',
      id: lab.id,
      title: lab.title,
      setUp: lab.setUp,
      steps: lab.steps.map(({ id, kind }) => ({ id, kind })),
    },
    ...lab.steps.flatMap((step): EngineEvent[] => [
      { type: 'step', lab: lab.id, step: step.id, kind: step.kind, title: step.title, as: step.as },
      ...(step.id === 'team-b-denied' ? waiting(lab.id, step.id) : []),
      { type: 'step-done', lab: lab.id, report: step, detail: null },
    ]),
    { type: 'lab-done', report: lab },
  ]),
  ...(
    [
      ['role', 'ecr_access_teama_role', 'gone', null],
      ['inline policy', 'somebodys-own-deployment-role ecr_access_testing', 'gone', null],
      [
        'permissions boundary',
        'somebodys-own-deployment-role',
        'foreign',
        'it was changed by somebody since: it stays',
      ],
      [
        'attachment',
        'somebodys-own-deployment-role ReadOnlyAccess',
        'left',
        'AccessDenied: who is not authorized to do this',
      ],
    ] as const
  ).map(
    ([type, name, result, note]): EngineEvent => ({
      ...{ type: 'undo', runId: 'x1f3', lab: 'identity-policies', result, note },
      resource: { type, name, arn: null, part: false },
    }),
  ),
]

function waiting(lab: string, step: string): EngineEvent[] {
  const wanted = 'denied: implicitDeny, no identity-based policy allows ecr:ListImages'
  return [2_000, 12_000, 30_000].map((elapsedMs, index) => ({
    ...{
      type: 'waiting',
      lab,
      step,
      attempts: index + 2,
      elapsedMs,
      last: 'allowed, 1 image (v1)',
      wanted,
      holds: false,
    },
  }))
}

function shown(width: number | null, colours: Colours): string {
  const written: string[] = []
  const paper = { width, colours, animated: false, line: (text = '') => written.push(text) }
  const probes = new Map(
    steps.map(({ id, line }) => [
      `identity-policies/${id}`,
      { probes: id.startsWith('team'), place: { file: 'lab.yaml', line, column: 5 } },
    ]),
  )
  const lines = eventLines(paper, { quiet: false, verbose: false, steps: probes })
  const summary = summaryLines(report, {
    width,
    colours,
    asked: ['identity-policies'],
    teardown: false,
    kept: leftovers,
  })
  const removal = removalLines(1, leftovers, width)
  return `${[...events.flatMap(lines), '', ...removal, '', ...summary].join('\n')}\n`
}

test.each([
  ['60-columns', 60, plain],
  ['100-columns', 100, plain],
  ['100-columns-coloured', 100, coloured],
  ['a-log', null, plain],
] as const)('%s', async (name, width, colours) => {
  const text = shown(width, colours)
  await expect(text).toMatchFileSnapshot(`golden/${name}.txt`)
  if (colours === plain) expect(text).not.toContain('\u001b')
  // Nothing but a word that must not be cut is wider than the page.
  const wide = text.split('\n').filter(line => width !== null && colours === plain && line.length > width)
  for (const line of wide) expect(line.trim()).toMatch(/^\S+$/)
})

test('without colours the same is said', () => {
  const bare = shown(100, coloured).replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')
  expect(bare).toBe(shown(100, plain))
})

test('the words that decide are in bold, and nothing else of the sentence', () => {
  const bold = [
    ...shown(100, coloured).matchAll(new RegExp(`${String.fromCharCode(27)}\\[1m(.*?)${String.fromCharCode(27)}`, 'g')),
  ]
  expect(
    bold
      .map(([, words]) => words)
      .slice(3)
      .join(' '),
  ).toBe(['▸ ', ''].map(mark => `${mark}because no identity-based policy allows the ecr:ListImages action`).join(' '))
})

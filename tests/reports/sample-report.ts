import type { AccessDecision, LabReport, Report, StepReport, StepStatus } from '../../assertions/index.ts'

/** All that a foreign answer may hold: terminal colours, control characters, halves of characters, ends of other formats. */
export const nasty =
  'a\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link \u0000\u0008\u009b\u000b ]]> <script>alert(1)</script> <!-- & " \' `b` ``` | @user 🎉 \ud800 \u202e\uffff # *c* ::error::%0A\r\nline two\n'

const sentence =
  'User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:111122223333:repository/team-b because no identity-based policy allows the ecr:ListImages action'

const denied: StepReport['actual'] = {
  outcome: 'denied',
  code: 'AccessDeniedException',
  message: sentence,
  httpStatus: 400,
  requestId: 'r-1',
  denial: {
    code: 'AccessDeniedException',
    operation: 'ListImages',
    principal: 'arn:aws:sts::111122223333:assumed-role/r/s',
    action: 'ecr:ListImages',
    resource: 'arn:aws:ecr:us-west-2:111122223333:repository/team-b',
    decision: 'implicitDeny',
    policyType: 'identity-based',
    policyArn: null,
  },
}

const allowed: StepReport['actual'] = {
  ...{ outcome: 'allowed', code: null, message: null, httpStatus: 200, requestId: null, denial: null },
}

const failed = (code: string, message: string): StepReport['actual'] => ({
  ...{ outcome: 'failed', code, message, httpStatus: 503, requestId: 'r-2', denial: null },
})

export const stepReport = (id: string, status: StepStatus, more: Partial<StepReport> = {}): StepReport => ({
  ...{ id, kind: 'list-images', title: 'team-b/alpine', as: 'ecrTester', status, evidence: 'observed', attempts: 1 },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', durationMs: 12, waitedMs: 0 },
  ...{ file: 'labs/one/lab.yaml', line: 31, expected: 'allowed', actual: allowed, output: null },
  ...{
    access: [],
    changed: null,
    diff: [],
    hint: null,
    points: status === 'passed' ? 1 : status === 'failed' ? 0 : null,
    maxPoints: 1,
  },
  ...more,
})

export const labReport = (id: string, status: StepStatus, steps: StepReport[], more: Partial<LabReport> = {}) => ({
  ...{ id, title: `The lab ${id}`, status, setUp: false, points: null, maxPoints: steps.length, steps },
  ...more,
})

export const reportOf = (labs: LabReport[], more: Partial<Report> = {}): Report => ({
  ...{ schemaVersion: 1, tool: { name: 'accesslab', version: '0.1.0' }, runId: 'x1f3ab', command: 'run' },
  ...{ target: 'sandbox', accountId: '111122223333', region: 'us-west-2', startedAt: '2026-01-01T00:00:00.000Z' },
  ...{ durationMs: 4200, exitCode: 1, labs, leftovers: [] },
  ...more,
})

/** Every outcome there is, with texts that mean harm. */
export const mixedReport = (): Report =>
  reportOf(
    [
      labReport('base', 'passed', [stepReport('made', 'passed')], { setUp: true, points: 0, maxPoints: 0 }),
      labReport('one', 'failed', [
        stepReport('right', 'passed', { expected: 'denied', actual: denied }),
        stepReport('wrong', 'failed', {
          expected: 'allowed',
          actual: denied,
          diff: [
            { field: 'outcome', expected: 'allowed', actual: 'denied' },
            { field: 'policyType', expected: 'resource-based', actual: 'identity-based' },
          ],
          hint: 'nothing has granted it yet',
        }),
        stepReport('nasty', 'failed', {
          title: nasty,
          expected: nasty,
          actual: failed('Code<b>', nasty),
          diff: [{ field: nasty, expected: nasty, actual: nasty }],
          hint: nasty,
        }),
        stepReport('throttled', 'error', { attempts: 7, actual: failed('ThrottlingException', 'Rate exceeded') }),
        stepReport('organization', 'blocked', { actual: denied }),
        stepReport('left-out', 'skipped', { actual: null, expected: '', hint: 'not reached' }),
      ]),
    ],
    { leftovers: [{ type: 'role', name: nasty, arn: null, runId: 'x1f3ab' }] },
  )

const outcomes: readonly StepStatus[] = ['failed', 'passed', 'error', 'blocked', 'skipped']

/** 500 steps with every outcome, and texts that mean harm in all of them. */
export const longReport = (): Report =>
  reportOf([
    labReport(
      'long',
      'failed',
      Array.from({ length: 500 }, (_, index) => {
        const status = outcomes[index % outcomes.length] ?? 'failed'
        const actual =
          status === 'skipped' ? null : index % 2 === 0 ? failed('X', nasty) : { ...denied, message: nasty }
        return stepReport(`step-${index}`, status, { title: nasty, expected: nasty, actual, hint: nasty })
      }),
    ),
  ])

/** One decision of `ecrTester` on a repository. */
export const decision = (
  repository: string,
  decided: AccessDecision['decision'],
  more: Partial<AccessDecision> = {},
): AccessDecision => ({
  ...{ identity: 'ecrTester', principal: 'arn:aws:sts::111122223333:assumed-role/r/s', action: 'ecr:ListImages' },
  ...{ resource: `arn:aws:ecr:us-west-2:111122223333:repository/${repository}`, decision: decided },
  ...{ evidence: 'observed', policyType: null, policyArn: null, statements: null },
  ...more,
})

/** Words of a list that a schema knows, and times: what the formats may rely on. */
const settled = new Set([
  ...['status', 'outcome', 'decision', 'effect', 'evidence', 'command', 'target', 'startedAt', 'visibility'],
  'policyType',
])

const harmed = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value}${nasty}`
  if (Array.isArray(value)) return value.map(harmed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, settled.has(key) ? each : harmed(each)]))
}

/** Every text there is in a report means harm: of the tool, of labs, steps, identities, decisions, policies and changes. */
export const harmfulReport = (): Report => {
  const statements = [{ effect: 'Allow', policyType: 'identity-based', policy: 'inline:p', statement: 'Read' }] as const
  const asked = (id: string, access: AccessDecision) => stepReport(id, 'passed', { access: [access] })
  const labs = [
    ...mixedReport().labs,
    labReport('two', 'passed', [
      asked('before', decision('a', 'allowed', { statements: [...statements] })),
      stepReport('policy', 'passed', { changed: { type: 'repository policy', name: 'a' }, output: { text: 'x' } }),
      asked(
        'after',
        decision('a', 'explicitDeny', { policyType: 'resource-based', policyArn: 'arn:aws:iam::1:policy/p' }),
      ),
      asked('no-policy', decision('a', 'implicitDeny', { policyType: 'identity-based' })),
    ]),
  ]
  const report = harmed({ ...mixedReport(), labs }) as Report
  return { ...report, tool: { ...report.tool, name: 'accesslab' } }
}

import { afterEach, expect, test } from 'vitest'
import type { Report } from '../../../assertions/index.ts'
import { notKnown } from '../../../runner/engine/not-known.ts'
import { labsOf, openWorkshop, stepOf, type Workshop } from './harness.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const every = { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] }
const statement = (Effect: 'Allow' | 'Deny', Condition: object) => ({ Effect, Action: '*', Resource: '*', Condition })
const points = (report: Report) =>
  report.labs.filter(lab => lab.maxPoints > 0).map(lab => `${lab.id} ${lab.points} ${lab.status}`)

/** Puts a policy beside those of the lab. */
async function beside(workshop: Workshop, RoleName: string, Statement: object): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const put = await workshop.call('iam:PutRolePolicy', { RoleName, PolicyName: 'beside', PolicyDocument })
  expect(put.outcome).toBe('allowed')
}

test('probes that a later lab overrides: what turns on a key that is not known is not graded, all else is', async () => {
  const workshop = await openWorkshop()
  ends.push(workshop.close)
  await workshop.run(['repository-policies'])
  const rows: [object, string, string[]][] = [
    [statement('Allow', { IpAddress: every }), 'null error', ['team-b-denied']],
    [statement('Deny', { NotIpAddress: every }), 'null error', ['team-a-allowed', 'team-b-denied']],
    [
      statement('Deny', { StringLike: { 'aws:UserAgent': 'curl/*' } }),
      'null error',
      ['team-a-allowed', 'team-b-denied'],
    ],
    [statement('Allow', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }), '4 passed', []],
    [statement('Allow', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }), '2 failed', []],
  ]
  for (const [policy, lab, open] of rows) {
    await beside(workshop, 'ecr_access_teama_role', policy)
    const report = await workshop.verify(['identity-policies', 'repository-policies'])
    expect([policy, points(report)[0]]).toEqual([policy, `identity-policies ${lab}`])
    const undecided = report.labs.flatMap(each => each.steps.filter(step => step.status === 'error'))
    expect(undecided.map(({ id }) => id)).toEqual(open)
    for (const { points, hint } of undecided) {
      expect(points).toBeNull()
      expect(hint).toMatch(/^not graded: .*`aws:(?:SourceIp|UserAgent)`, which is not known here \(`inline:beside`\)/)
    }
  }
}, 60_000)

const own =
  '{ Version: 2012-10-17, Statement: [{ Effect: Allow, Action: ecr:ListImages, Resource: "{{steps.a.repository.repositoryArn}}" }] }'
const matrix = `names: { a: matrix/a, role: matrix_role }
steps:
  - id: a
    create-repository: { repository-name: "{{names.a}}" }
  - id: role
    create-role:
      role-name: "{{names.role}}"
      assume-role-policy-document: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: sts:AssumeRole }] }
  - id: policy
    put-role-policy: { role-name: "{{names.role}}", policy-name: own, policy-document: ${own} }
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: tester }
    identity: tester
  - id: matrix
    access-matrix:
      rows:
        - { identity: tester, action: ecr:ListImages, resource: "{{steps.a.repository.repositoryArn}}", expect: allowed }
        - { identity: tester, action: ecr:DeleteRepository, resource: "{{steps.a.repository.repositoryArn}}", expect: EXPECT }
    points: 4
`

const wide = (Condition: object) => ({ Effect: 'Allow', Action: '*', Resource: '*', Condition })
const narrow = (Condition: object) => ({ ...wide(Condition), Effect: 'Deny', Action: 'ecr:Delete*' })

test.each<[string, string, [object, string][]]>([
  [
    'for this reason',
    'implicitDeny',
    [
      [wide({ StringLike: { 'aws:UserAgent': '*' } }), 'error'],
      [wide({ IpAddress: every }), 'error'],
      [wide({ DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } }), 'error'],
      [wide({ NumericGreaterThan: { 'aws:EpochTime': '1' } }), 'failed'],
      [wide({ Null: { 'aws:UserAgent': 'false' } }), 'error'],
      [narrow({ StringEquals: { 'aws:Referer': 'x' } }), 'error'],
      [narrow({ StringEquals: { 'aws:PrincipalTag/none': 'x' } }), 'passed'],
    ],
  ],
  [
    'for any reason',
    'denied',
    [
      [wide({ StringLike: { 'aws:UserAgent': '*' } }), 'error'],
      [narrow({ StringEquals: { 'aws:Referer': 'x' } }), 'passed'],
    ],
  ],
])(
  'a table of access, denied %s: a cell that turns on such a key leaves it without a verdict, run and verified',
  async (_, expected, rows) => {
    const { folder, remove } = await labsOf({ matrix: matrix.replace('EXPECT', expected) })
    const workshop = await openWorkshop({ labs: folder })
    ends.push(workshop.close, remove)
    await workshop.run(['matrix'])
    for (const [policy, status] of rows) {
      await beside(workshop, 'matrix_role', policy)
      const step = stepOf(await workshop.verify(['matrix']), 'matrix')
      expect([policy, step.status, step.points]).toEqual([policy, status, { passed: 4, failed: 0 }[status] ?? null])
      if (status === 'error') expect(step.hint).toMatch(/`aws:\w+`, which is not known here \(`inline:beside`\)/)
    }
  },
  60_000,
)

test('a policy of the run itself: its own table of access has no verdict either', async () => {
  const conditioned = own.replace('ecr:ListImages,', '"*", Condition: { StringLike: { "aws:UserAgent": "*" } },')
  const { folder, remove } = await labsOf({
    matrix: matrix.replace(own, conditioned).replace('EXPECT', 'implicitDeny'),
  })
  const workshop = await openWorkshop({ labs: folder })
  ends.push(workshop.close, remove)
  const report = await workshop.run(['matrix'])
  expect(stepOf(report, 'matrix')).toMatchObject({ status: 'error', points: null })
  expect(stepOf(report, 'matrix').hint).toContain('aws:UserAgent')
  expect(report.exitCode).toBe(3)
})

const now = new Date('2026-11-22T12:00:00Z')
const known = {
  given: ['aws:RequestedRegion'],
  own: true,
  id: true,
  principalTags: true,
  resourceTags: true,
  call: true,
}
test.each<[string, Partial<typeof known>, boolean]>([
  ['aws:requestedregion', {}, true],
  ['aws:requestedregion', { given: [] }, false],
  ['aws:principalarn', {}, true],
  ['aws:principalarn', { own: false }, false],
  ['aws:userid', { id: false }, false],
  ['aws:principalaccount', { own: false }, true],
  ['aws:principaltag/team', {}, true],
  ['aws:principaltag/team', { principalTags: false }, false],
  ['aws:principaltag/team', { own: false }, false],
  ['aws:resourcetag/team', {}, true],
  ['ecr:resourcetag/team', { resourceTags: false }, false],
  ['sts:externalid', {}, true],
  ['sts:externalid', { call: false }, false],
  ['aws:requesttag/team', { call: false }, false],
  ...[
    ...['sourceip', 'useragent', 'tokenissuetime', 'epochtime', 'currenttime', 'sourcevpc', 'sourcevpce', 'referer'],
    ...['multifactorauthpresent', 'multifactorauthage', 'principalorgid', 'sourceidentity', 'nobodyknows'],
  ].map((key): [string, Partial<typeof known>, boolean] => [`aws:${key}`, {}, false]),
])('%s with %j is known: %s', (key, less, expected) => {
  expect(notKnown({ ...known, ...less }, now).has(key)).toBe(!expected)
})

import { expect, test } from 'vitest'
import { findCatalogue } from '../../runner/index.ts'
import { openWorkshop, repository } from '../runner/engine/harness.ts'
import { type Break, brokenTwin } from './twin.ts'

/** The step that must turn red: in which words it was expected, and what came (outcome, message, differences). */
interface Twin extends Break {
  name: string
  red: string
  expected: RegExp
  actual: RegExp
}

const identity = { lab: 'identity-policies', file: 'policies/identity.json' }
const trust = { lab: 'identity-policies', file: 'policies/trust.json' }
const teamA = { lab: 'repository-policies', file: 'policies/team-a.json' }
const teamB = { lab: 'repository-policies', file: 'policies/team-b.json' }
const role = '"{{steps.role.Role.Arn}}"'
const allowed = /^allowed/
const explicitDeny = /explicit/i
const noIdentity = /no identity-based policy/

const twins: Twin[] = [
  {
    name: 'the identity policy denies',
    ...identity,
    find: '"Allow"',
    put: '"Deny"',
    red: 'team-a-allowed',
    expected: allowed,
    actual: explicitDeny,
  },
  {
    name: 'the identity policy is for another repository',
    ...identity,
    find: 'team-a/*',
    put: 'team-c/*',
    red: 'team-a-allowed',
    expected: allowed,
    actual: noIdentity,
  },
  {
    name: 'the identity policy is for every repository',
    ...identity,
    find: 'team-a/*',
    put: '*',
    red: 'team-b-denied',
    expected: noIdentity,
    actual: allowed,
  },
  {
    name: 'the identity policy allows another action',
    ...identity,
    find: 'ecr:ListImages',
    put: 'ecr:DescribeImages',
    red: 'team-a-allowed',
    expected: allowed,
    actual: noIdentity,
  },
  {
    name: 'the identity policy is for another Region',
    ...identity,
    find: '{{region}}',
    put: 'eu-west-1',
    red: 'team-a-allowed',
    expected: allowed,
    actual: noIdentity,
  },
  {
    name: 'the identity policy denies team-b, which is a denial for another reason',
    ...identity,
    find: '"Statement": [',
    put: '"Statement": [ { "Effect": "Deny", "Action": "ecr:*", "Resource": "arn:aws:ecr:*:*:repository/team-b/*" },',
    red: 'team-b-denied',
    expected: noIdentity,
    actual: explicitDeny,
  },
  {
    name: 'the trust policy denies',
    ...trust,
    find: '"Allow"',
    put: '"Deny"',
    red: 'session',
    expected: allowed,
    actual: /denied/,
  },
  {
    name: 'the trust policy is for another account',
    ...trust,
    find: '{{account}}',
    put: '444455556666',
    red: 'session',
    expected: allowed,
    actual: /denied/,
  },
  {
    name: 'the deny on team-a is an allow',
    ...teamA,
    find: '"Deny"',
    put: '"Allow"',
    red: 'team-a-denied',
    expected: explicitDeny,
    actual: allowed,
  },
  {
    name: 'the deny on team-a is for another action',
    ...teamA,
    find: 'ecr:ListImages',
    put: 'ecr:DescribeImages',
    red: 'team-a-denied',
    expected: explicitDeny,
    actual: allowed,
  },
  {
    name: 'the deny on team-a is for another principal',
    ...teamA,
    find: role,
    put: '"arn:aws:iam::{{account}}:user/admin"',
    red: 'team-a-denied',
    expected: explicitDeny,
    actual: allowed,
  },
  {
    name: 'the allow on team-b is a deny',
    ...teamB,
    find: '"Allow"',
    put: '"Deny"',
    red: 'team-b-allowed',
    expected: allowed,
    actual: explicitDeny,
  },
  {
    name: 'the allow on team-b is for another action',
    ...teamB,
    find: 'ecr:ListImages',
    put: 'ecr:BatchGetImage',
    red: 'team-b-allowed',
    expected: allowed,
    actual: noIdentity,
  },
  {
    name: 'the allow on team-b only delegates to the account',
    ...teamB,
    find: role,
    put: '"arn:aws:iam::{{account}}:root"',
    red: 'team-b-allowed',
    expected: allowed,
    actual: noIdentity,
  },
  {
    name: 'the image of team-a has another tag',
    lab: 'ecr-repositories',
    file: 'lab.yaml',
    find: '"{{names.repoA}}", image-tag: v1',
    put: '"{{names.repoA}}", image-tag: v2',
    red: 'team-a-allowed',
    expected: allowed,
    actual: /^allowed .*v2/,
  },
]

test.each(twins)('$lab: $name', async ({ name: _, red, expected, actual, ...broken }) => {
  const twin = await brokenTwin(broken)
  const workshop = await openWorkshop({ labs: twin.folder })
  try {
    const asked = broken.lab === 'ecr-repositories' ? 'identity-policies' : broken.lab
    const report = await workshop.run([asked])
    const step = report.labs.flatMap(lab => lab.steps).find(each => each.status !== 'passed')
    expect(step).toMatchObject({ id: red, file: expect.stringMatching(/^labs\/[a-z-]+\/lab\.yaml$/) })
    expect(step?.line).toBeGreaterThan(1)
    expect(step?.expected).toMatch(expected)
    const came = [step?.actual?.outcome, step?.actual?.message, ...(step?.diff ?? []).map(each => each.actual)]
    expect(came.join(' ')).toMatch(actual)
    expect(step?.status).toBe('failed')
    expect(report.exitCode).toBe(1)
  } finally {
    await workshop.close()
    await twin.remove()
  }
})

test('every lab that is graded has a twin that goes red', async () => {
  const { labs } = await findCatalogue(repository)
  expect(labs.filter(lab => !twins.some(twin => twin.lab === lab))).toEqual([])
})

import { afterEach, expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { accessMatrix } from '../../../runner/steps/access-matrix.ts'
import type { StepContext } from '../../../runner/steps/step-kind.ts'
import { labsOf, notPassed, openWorkshop, stepOf, type Workshop } from '../engine/harness.ts'

let open: { workshop: Workshop; remove: () => Promise<void> } | null = null
afterEach(async () => {
  await open?.workshop.close()
  await open?.remove()
  open = null
})

const policy = (actions: string) =>
  `{ Version: 2012-10-17, Statement: [{ Effect: Allow, Action: ${actions}, Resource: "{{steps.a.repository.repositoryArn}}" }] }`

const labWith = (
  actions: string,
  matrix: string,
) => `names: { a: matrix/a, b: matrix/b, role: matrix_role, user: matrix-user }
steps:
  - id: a
    create-repository: { repository-name: "{{names.a}}" }
  - id: b
    create-repository: { repository-name: "{{names.b}}" }
  - id: role
    create-role:
      role-name: "{{names.role}}"
      assume-role-policy-document: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: sts:AssumeRole }] }
  - id: policy
    put-role-policy: { role-name: "{{names.role}}", policy-name: own, policy-document: ${policy(actions)} }
  - id: user
    create-user: { user-name: "{{names.user}}" }
  - id: key
    create-access-key: { user-name: "{{names.user}}" }
    identity: other
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: tester }
    identity: tester
  - id: matrix
    access-matrix:
      rows:
${matrix}
    points: 3
`

const rows = `        - identity: tester
          action: [ecr:ListImages, ecr:DescribeImages]
          resource: "{{steps.a.repository.repositoryArn}}"
          expect: allowed
        - identity: tester
          action: [ecr:ListImages, ecr:PutImage, ecr:DeleteRepository]
          resource: "{{steps.b.repository.repositoryArn}}"
          expect: implicitDeny
        - identity: [tester, other]
          action: ecr:DeleteRepository
          resource: ["{{steps.a.repository.repositoryArn}}", "{{steps.b.repository.repositoryArn}}"]
          expect: denied
        - { identity: admin, action: ecr:GetAuthorizationToken, resource: "*", expect: allowed }
`

async function workshopOf(lab: string): Promise<Workshop> {
  const { folder, remove } = await labsOf({ matrix: lab })
  const workshop = await openWorkshop({ labs: folder })
  open = { workshop, remove }
  return workshop
}

test('least privilege passes, run and verified, and the report says which cells were asked', async () => {
  const workshop = await workshopOf(labWith('[ecr:ListImages, ecr:DescribeImages]', rows))
  const ran = await workshop.run(['matrix'])
  expect(notPassed(ran)).toEqual([])
  expect(stepOf(ran, 'matrix').evidence).toBe('evaluated')
  const report = await workshop.verify(['matrix'])
  expect(report.labs[0]).toMatchObject({ status: 'passed', points: 3, maxPoints: 3 })
  const { evidence, output, access } = stepOf(report, 'matrix')
  expect(evidence).toBe('evaluated')
  const { cells } = output as { cells: { identity: string; action: string; decision: string; evidence: string }[] }
  expect(cells.map(cell => `${cell.identity} ${cell.action} ${cell.decision} ${cell.evidence}`)).toEqual([
    'tester ecr:ListImages allowed observed',
    'tester ecr:DescribeImages allowed observed',
    'tester ecr:ListImages implicitDeny observed',
    'tester ecr:PutImage implicitDeny evaluated',
    'tester ecr:DeleteRepository implicitDeny evaluated',
    'tester ecr:DeleteRepository implicitDeny evaluated',
    'tester ecr:DeleteRepository implicitDeny evaluated',
    'other ecr:DeleteRepository implicitDeny evaluated',
    'other ecr:DeleteRepository implicitDeny evaluated',
    'admin ecr:GetAuthorizationToken allowed observed',
  ])
  const told = access.map(each => `${each.identity ?? 'admin'} ${each.action} ${each.decision} ${each.evidence}`)
  expect(told).toEqual(cells.map(cell => `${cell.identity} ${cell.action} ${cell.decision} ${cell.evidence}`))
  expect(access.map(each => each.principal?.split('/').at(-1)).slice(6)).toEqual([
    ...['tester', 'matrix-user', 'matrix-user', 'admin'],
  ])
})

test.each([
  [
    '"*"',
    /tester ecr:DeleteRepository on arn:aws:ecr:us-west-2:111122223333:repository\/matrix\/a: allowed, expected denied/,
  ],
  ['[ecr:ListImages]', /tester ecr:DescribeImages on \S+: implicitDeny, expected allowed/],
])('too much and too little fail: %s', async (actions, message) => {
  const workshop = await workshopOf(labWith(actions, rows))
  await workshop.run(['matrix'])
  const report = await workshop.verify(['matrix'])
  expect(stepOf(report, 'matrix')).toMatchObject({ status: 'failed', points: 0 })
  expect(stepOf(report, 'matrix').actual?.message).toMatch(message)
})

test('verify changes nothing, and a role that is gone earns nothing', async () => {
  const workshop = await workshopOf(labWith('[ecr:ListImages, ecr:DescribeImages]', rows))
  await workshop.run(['matrix'])
  await workshop.call('iam:DeleteRolePolicy', { RoleName: 'matrix_role', PolicyName: 'own' })
  await workshop.call('iam:DeleteRole', { RoleName: 'matrix_role' })
  expect((await workshop.verify(['matrix'])).labs[0]).toMatchObject({ status: 'failed', points: 0 })
})

test.each([
  ['an organization’s policy', 'tester', 'explicitDeny', 'service control policy', 'denied'],
  ['an organization’s policy', 'tester', 'implicitDeny', 'resource control policy', 'denied'],
  ['what the lab’s own caller lacks', 'admin', 'implicitDeny', 'identity-based', 'denied'],
  ['a policy of the lab', 'admin', 'implicitDeny', 'resource-based', 'failed'],
  ['a policy of the lab', 'admin', 'explicitDeny', 'resource-based', 'failed'],
  ['a policy of the lab', 'tester', 'implicitDeny', 'identity-based', 'failed'],
] as const)('a refusal by %s: of %s, %s by %s is %s', async (_by, identity, decision, policyType, outcome) => {
  const [action, code] = ['ecr:DeleteRepository', 'AccessDeniedException']
  const resource = 'arn:aws:ecr:us-west-2:111122223333:repository/matrix/a'
  const { run } = accessMatrix.prepare({ rows: [{ identity, action, resource, expect: 'allowed' }] })
  const denial = {
    ...{ code, action, resource, decision, policyType },
    operation: null,
    principal: '',
    policyArn: null,
  }
  const denied: Outcome = { outcome: 'denied', code, message: '', httpStatus: null, requestId: null, denial }
  const context = { identity: () => ({ arn: '' }), decide: async () => denied } as unknown as StepContext
  expect((await run(context)).outcome.outcome).toBe(outcome)
})

test('an identity that no step makes is a fault of the definition', async () => {
  const lab = labWith('[ecr:ListImages]', rows.replace('[tester, other]', '[tester, nobody]'))
  await expect(workshopOf(lab)).rejects.toThrow(/no earlier step makes the identity `nobody`/)
})

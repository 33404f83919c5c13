import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../../assertions/index.ts'
import { type GraderPolicy, policyWithout, printedPolicy, verifiedBy } from '../../cli/grading/policy-of-grader.ts'
import { labsOf, openWorkshop, stepOf, type Workshop } from '../engine/harness.ts'

const named = 'arn:aws:iam::111122223333:role/ecr_trust_named'

/** Who may assume the role that is for Alice alone. */
const accounts: Readonly<Record<string, object | null>> = {
  right: null,
  'the account': { AWS: '111122223333' },
  everybody: { AWS: '*' },
}
const workshops = new Map<string, Workshop>()
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  for (const [name, Principal] of Object.entries(accounts)) {
    const workshop = await openWorkshop()
    ends.push(workshop.close)
    workshops.set(name, workshop)
    await workshop.run(['trust-policy'])
    if (Principal === null) continue
    const Statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    const RoleName = 'ecr_trust_named'
    expect(await workshop.call('iam:UpdateAssumeRolePolicy', { RoleName, PolicyDocument })).toMatchObject({
      outcome: 'allowed',
    })
  }
}, 60_000)
afterAll(async () => {
  for (const end of ends) await end()
})

const all: GraderPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
}
const withDeny = (policy: GraderPolicy, Resource: string[]): GraderPolicy => ({
  ...policy,
  Statement: [...policy.Statement, { Effect: 'Deny', Action: ['sts:AssumeRole'], Resource }],
})

const graders: readonly [string, (printed: GraderPolicy) => GraderPolicy][] = [
  ['may do anything', () => all],
  ['has exactly what is printed', printed => printed],
  [
    'may assume some of the roles',
    printed => {
      const policy = policyWithout(printed, 'sts:AssumeRole')
      const some = ['alice', 'bob'].map(name => `arn:aws:iam::111122223333:role/ecr_trust_${name}`)
      return {
        ...policy,
        Statement: [...policy.Statement, { Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: some }],
      }
    },
  ],
  ['is denied the named role', () => withDeny(all, [named])],
  ['is denied every role', () => withDeny(all, ['*'])],
  ['may assume none', printed => policyWithout(printed, 'sts:AssumeRole')],
]

const pointsOf = (report: Report) =>
  report.labs.flatMap(lab => [
    [lab.id, lab.points] as const,
    ...lab.steps.filter(({ maxPoints }) => maxPoints > 0).map(({ id, points }) => [id, points] as const),
  ])

test.each(
  Object.keys(accounts).flatMap(account => graders.map(([grader, policy]) => [account, grader, policy] as const)),
)(
  'trust policy: %s; a grader who %s gives the truth or nothing',
  async (account, grader, policy) => {
    const workshop = workshops.get(account)
    if (!workshop) throw new Error('it is made before all')
    const truth = new Map(pointsOf(await workshop.verify(['trust-policy'])))
    expect(truth.get('administrator')).toBe(account === 'right' ? 1 : 0)
    const report = await verifiedBy(
      workshop,
      policy(await printedPolicy(workshop.catalogue.folder, ['trust-policy'])),
      ['trust-policy'],
    )
    const wrong = pointsOf(report).filter(([id, points]) => points !== null && points !== truth.get(id))
    expect(wrong).toEqual([])
    const { status, points, hint } = stepOf(report, 'administrator')
    if (account === 'right') expect([status, points]).toEqual(['passed', 1])
    else if (grader === 'may do anything') expect([status, points]).toEqual(['failed', 0])
    if (status === 'blocked') expect(hint).toMatch(/^not graded: whoever grades is refused this himself/)
  },
  30_000,
)

const statement = (Effect: string, Action: string) =>
  `{ Version: 2012-10-17, Statement: [{ Effect: ${Effect}, Principal: "*", Action: ${Action} }] }`

/** Denials that the lab's own caller is to meet: read, evaluated because it would change something, and in a table of access. */
const ownDenials = (Effect: string) => `names: { a: own/a }
steps:
  - id: a
    create-repository: { repository-name: "{{names.a}}" }
  - id: policy
    set-repository-policy: { repository-name: "{{names.a}}", policy-text: ${statement(Effect, '[ecr:ListImages, ecr:PutImage, ecr:DescribeImages]')} }
  - id: read
    list-images: { repository-name: "{{names.a}}" }
    deny: { action: "ecr:ListImages" }
    points: 1
  - id: reasoned
    list-images: { repository-name: "{{names.a}}" }
    deny: { decision: explicitDeny }
    points: 1
  - id: change
    put-image: { repository-name: "{{names.a}}", image-tag: x, image-manifest: "{}" }
    deny: { action: "ecr:PutImage" }
    points: 1
  - id: table
    access-matrix:
      rows: [{ identity: admin, action: [ecr:DescribeImages, ecr:PutImage], resource: "{{steps.a.repository.repositoryArn}}", expect: denied }]
    points: 1
`

test.each(['Deny', 'Allow'])(
  'what else the lab’s own caller is refused, the repository says %s',
  async effect => {
    const { folder, remove } = await labsOf({ own: ownDenials(effect) })
    const workshop = await openWorkshop({ labs: folder })
    ends.push(workshop.close, remove)
    await workshop.run(['own'])
    const truth = effect === 'Deny' ? 1 : 0
    expect(pointsOf(await workshop.verify(['own'])).slice(1)).toEqual(
      ['read', 'reasoned', 'change', 'table'].map(id => [id, truth]),
    )
    const actions = ['ecr:ListImages', 'ecr:PutImage', 'ecr:DescribeImages']
    const reading = {
      Effect: 'Allow',
      Action: ['iam:Get*', 'iam:List*', 'ecr:Get*', 'ecr:List*', 'ecr:Describe*'],
      Resource: ['*'],
    }
    const policies = [
      { ...all, Statement: [...all.Statement, { Effect: 'Deny', Action: actions, Resource: ['*'] }] },
      { ...all, Statement: [reading, { Effect: 'Deny', Action: actions, Resource: ['*'] }] },
    ]
    for (const policy of policies) {
      const report = await verifiedBy(workshop, policy, ['own'])
      const wrong = pointsOf(report).filter(([, points]) => points !== null && points !== truth && points !== truth * 4)
      expect(wrong).toEqual([])
    }
  },
  60_000,
)

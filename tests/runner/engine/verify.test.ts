import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jsonError, type Meddling, meddle } from '../../faults/meddler.ts'
import { notPassed, openWorkshop, stepOf, stepsOf, type Workshop } from './harness.ts'

let workshop: Workshop
let seen: string[]
let meddling: Meddling
let close: () => Promise<void>
beforeEach(async () => {
  meddling = () => null
  workshop = await openWorkshop({
    through: async endpoint => {
      const meddler = await meddle(endpoint, (operation, body) => meddling(operation, body))
      seen = meddler.seen
      close = meddler.close
      return meddler.endpoint
    },
  })
})
afterEach(async () => {
  await workshop.close()
  await close()
})

const pages = ['ecr-repositories', 'identity-policies', 'repository-policies']
const role = 'ecr_access_teama_role'
const policyArn = 'arn:aws:iam::111122223333:policy/ecr_access_testing'
const listing = (...Resource: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:ListImages', Resource }] })
const teamA = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/*'
const points = (report: Awaited<ReturnType<Workshop['verify']>>) =>
  report.labs.filter(lab => lab.maxPoints > 0).map(lab => `${lab.id} ${lab.points}/${lab.maxPoints}`)

test('nothing that could change something is sent, whatever the labs hold', async () => {
  await workshop.run(['repository-policies'])
  seen.length = 0
  const report = await workshop.verify(pages)
  expect(notPassed(report)).toEqual([])
  expect(seen.length).toBeGreaterThan(10)
  const changing = seen.filter(
    operation => !/^(ecr:)?(Get|List|Describe|BatchGet|BatchCheck)|^AssumeRole$|^GetCallerIdentity$/.test(operation),
  )
  expect(changing).toEqual([])
  expect(points(report)).toEqual(['identity-policies 4/4', 'repository-policies 4/4'])
  expect(stepOf(report, 'team-a-allowed').evidence).toBe('evaluated')
  expect(stepOf(report, 'team-b-denied').evidence).toBe('evaluated')
  expect(stepOf(report, 'team-a-denied').evidence).toBe('observed')
})

test('an account where nothing was done: failed, no points, no crash', async () => {
  const report = await workshop.verify(pages)
  expect(report.exitCode).toBe(1)
  expect(stepsOf(report).filter(step => step.endsWith('passed'))).toEqual([])
  expect(points(report)).toEqual(['identity-policies 0/4', 'repository-policies 0/4'])
})

test('only the first lab was done: the second one has no points', async () => {
  await workshop.run(['identity-policies'])
  const report = await workshop.verify(pages)
  expect(points(report)).toEqual(['identity-policies 4/4', 'repository-policies 0/4'])
  expect(stepOf(report, 'team-a-allowed').evidence).toBe('observed')
  expect(report.exitCode).toBe(1)
})

describe('a participant’s own way', () => {
  const change = async (operation: string, input: Record<string, unknown>) =>
    expect(await workshop.call(operation, input)).toMatchObject({ outcome: 'allowed' })

  test.each<[string, string, Record<string, unknown>, string[], string]>([
    [
      'a trust policy that means the same',
      'iam:UpdateAssumeRolePolicy',
      {
        RoleName: role,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Sid: 'Mine', Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { AWS: ['111122223333'] } },
        }),
      },
      [],
      '4/4',
    ],
    [
      'a trust policy for somebody else',
      'iam:UpdateAssumeRolePolicy',
      {
        RoleName: role,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '444455556666' } },
        }),
      },
      ['role failed', 'session failed', 'team-a-allowed skipped', 'team-b-denied skipped'],
      '1/4',
    ],
    [
      'a wider identity policy',
      'iam:CreatePolicyVersion',
      {
        PolicyArn: policyArn,
        PolicyDocument: listing(teamA, 'arn:aws:ecr:*:*:repository/team-b/*'),
        SetAsDefault: true,
      },
      ['policy failed', 'team-b-denied failed'],
      '1/4',
    ],
    [
      'another wording of the identity policy',
      'iam:CreatePolicyVersion',
      {
        PolicyArn: policyArn,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Sid: 'X', Effect: 'Allow', Action: 'ecr:listimages', Resource: teamA },
        }),
        SetAsDefault: true,
      },
      [],
      '4/4',
    ],
    [
      'another policy beside it',
      'iam:PutRolePolicy',
      { RoleName: role, PolicyName: 'more', PolicyDocument: listing('*') },
      ['team-b-denied failed'],
      '2/4',
    ],
    [
      'the image deleted',
      'ecr:BatchDeleteImage',
      { repositoryName: 'team-a/alpine', imageIds: [{ imageTag: 'v1' }] },
      ['team-a-allowed failed'],
      '3/4',
    ],
  ])('%s', async (_, operation, input, red, worth) => {
    await workshop.run(['identity-policies'])
    await change(operation, input)
    const report = await workshop.verify(['identity-policies'])
    const lab = report.labs.find(each => each.id === 'identity-policies')
    expect(lab?.steps.filter(step => step.status !== 'passed').map(step => `${step.id} ${step.status}`)).toEqual(red)
    expect(`${lab?.points}/${lab?.maxPoints}`).toBe(worth)
  })

  test('a second lab done wrong does not spoil the first one’s probes that it did not override', async () => {
    await workshop.run(['repository-policies'])
    await change('ecr:DeleteRepositoryPolicy', { repositoryName: 'team-b/alpine' })
    const report = await workshop.verify(pages)
    expect(points(report)).toEqual(['identity-policies 4/4', 'repository-policies 2/4'])
    expect(stepOf(report, 'team-b-denied').evidence).toBe('observed')
  })
})

describe('what cannot be read is not graded', () => {
  const xml = (code: string, message: string, status: number) => ({
    status,
    type: 'text/xml',
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  })
  const refusal = (action: string) =>
    `User: arn:aws:iam::111122223333:user/admin is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`

  test.each<[string, string, ReturnType<typeof jsonError>, string, string[]]>([
    [
      'the role’s policies, denied',
      'ListAttachedRolePolicies',
      xml('AccessDenied', refusal('iam:ListAttachedRolePolicies'), 403),
      'blocked',
      ['team-a-allowed', 'team-b-denied'],
    ],
    [
      'the policy’s document, denied',
      'GetPolicyVersion',
      xml('AccessDenied', refusal('iam:GetPolicyVersion'), 403),
      'blocked',
      ['policy', 'team-a-allowed', 'team-b-denied'],
    ],
    [
      'the repository policy, denied',
      'ecr:GetRepositoryPolicy',
      jsonError('AccessDeniedException', refusal('ecr:GetRepositoryPolicy')),
      'blocked',
      ['team-a-allowed', 'team-b-denied'],
    ],
    [
      'the role’s policies, throttled',
      'ListRolePolicies',
      xml('Throttling', 'Rate exceeded', 400),
      'error',
      ['team-a-allowed', 'team-b-denied'],
    ],
  ])('%s', async (_, operation, answer, status, steps) => {
    await workshop.run(['repository-policies'])
    meddling = seenOperation => (seenOperation === operation ? answer : null)
    const report = await workshop.verify(pages)
    const lab = report.labs.find(each => each.id === 'identity-policies')
    for (const id of steps) expect(stepOf(report, id)).toMatchObject({ id, status, points: null })
    expect(lab?.points).toBeNull()
    expect(report.exitCode).toBe(3)
  })

  test('what an answer would have held, denied to the grader where the decision is an evaluated one', async () => {
    await workshop.run(['repository-policies'])
    const denying = (pattern: RegExp) => (operation: string) =>
      pattern.test(operation) ? jsonError('AccessDeniedException', refusal(operation)) : null
    // The images are told by another read.
    meddling = denying(/^ecr:ListImages$/)
    expect(stepOf(await workshop.verify(pages), 'team-a-allowed')).toMatchObject({ status: 'passed', points: 1 })
    meddling = denying(/^ecr:(?:List|Describe)Images$/)
    const report = await workshop.verify(pages)
    expect(stepOf(report, 'team-a-allowed')).toMatchObject({ status: 'blocked', points: null })
    expect(stepOf(report, 'team-b-denied')).toMatchObject({ status: 'passed', evidence: 'evaluated' })
    expect(report.labs.find(each => each.id === 'identity-policies')?.points).toBeNull()
  })
})

test('labs of another folder’s making are verified too: verify asks the account, not the journal', async () => {
  await workshop.run(['repository-policies'])
  const other = await openWorkshop({ beside: workshop })
  try {
    const report = await other.verify(pages)
    // Nobody wrote the profile on this machine: that is no fault of the account's.
    expect(notPassed(report)).toEqual(['identity-policies/profile skipped'])
    expect(points(report)).toEqual(['identity-policies 4/4', 'repository-policies 4/4'])
    expect(report.exitCode).toBe(0)
  } finally {
    await other.close()
  }
})

test('an interrupt ends it', async () => {
  const abort = new AbortController()
  abort.abort()
  expect((await workshop.verify(['identity-policies'], { signal: abort.signal })).exitCode).toBe(130)
})

test('what a probe saw before a later step of its own lab is no more: it is left aside, and the lab is passed', async () => {
  await workshop.run(['lockout'])
  const report = await workshop.verify(['lockout'])
  expect(stepOf(report, 'rescued-denied')).toMatchObject({
    status: 'skipped',
    points: null,
    hint: 'a later step has put something else in its place, and that is there',
  })
  expect(report.labs.at(-1)).toMatchObject({ status: 'passed', points: 10, maxPoints: 10 })
  expect(report.exitCode).toBe(0)
})

describe('another document than the lab’s own in place of what an earlier lab was probed on', () => {
  const put = async (repositoryName: string, Statement: object) => {
    const policyText = JSON.stringify({ Version: '2012-10-17', Statement })
    const set = await workshop.call('ecr:SetRepositoryPolicy', { repositoryName, policyText, force: true })
    expect(set.outcome).toBe('allowed')
  }
  const everybody = (Effect: string, Action: string) => ({ Effect, Principal: '*', Action })
  const toRole = (Effect: string, Action: string | string[]) => ({
    ...{ Effect, Action },
    Principal: { AWS: `arn:aws:iam::111122223333:role/${role}` },
  })

  test.each<[string, () => Promise<unknown>, string, string, string[]]>([
    [
      'a deny for everybody does as well: it is not charged to the first lab',
      () => put('team-a/alpine', everybody('Deny', 'ecr:ListImages')),
      '4/4',
      '4/4',
      [],
    ],
    [
      'so does a deny of more, and an allow of more',
      async () => {
        await put('team-a/alpine', toRole('Deny', ['ecr:ListImages', 'ecr:BatchGetImage']))
        await put('team-b/alpine', everybody('Allow', 'ecr:*'))
      },
      '4/4',
      '4/4',
      [],
    ],
    [
      'one that does not do as well is charged to both',
      () => put('team-b/alpine', everybody('Deny', 'ecr:ListImages')),
      '2/4',
      '2/4',
      ['team-b-denied'],
    ],
    [
      'nor does it give back what an identity policy got wrong',
      async () => {
        await put('team-a/alpine', everybody('Deny', 'ecr:ListImages'))
        const PolicyDocument = listing('*')
        await workshop.call('iam:CreatePolicyVersion', { PolicyArn: policyArn, PolicyDocument, SetAsDefault: true })
      },
      '1/4',
      '4/4',
      ['policy', 'team-b-denied'],
    ],
    [
      'nor what it would allow by itself',
      async () => {
        await put('team-a/alpine', [everybody('Deny', 'ecr:ListImages'), everybody('Allow', 'ecr:DescribeImages')])
        await workshop.call('iam:DetachRolePolicy', { RoleName: role, PolicyArn: policyArn })
      },
      '3/4',
      '4/4',
      ['attach', 'team-a-allowed'],
    ],
  ])('%s', async (_, change, first, second, red) => {
    await workshop.run(['repository-policies'])
    await change()
    const report = await workshop.verify(pages)
    expect(points(report)).toEqual([`identity-policies ${first}`, `repository-policies ${second}`])
    const lab = report.labs.find(each => each.id === 'identity-policies')
    expect(lab?.steps.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(red)
    // Of the first lab alone the same is said.
    const alone = await workshop.verify(['identity-policies'])
    expect(points(alone)).toEqual([`identity-policies ${first}`])
  })
})

describe('a managed policy under a path of the participant’s own', () => {
  const atPath = async (PolicyDocument: string) => {
    const [PolicyName, RoleName] = ['ecr_access_testing', role]
    const moved = 'arn:aws:iam::111122223333:policy/workshop/ecr_access_testing'
    const calls: [string, Record<string, unknown>][] = [
      ['iam:DetachRolePolicy', { RoleName, PolicyArn: policyArn }],
      ['iam:DeletePolicy', { PolicyArn: policyArn }],
      ['iam:CreatePolicy', { PolicyName, Path: '/workshop/', PolicyDocument }],
      ['iam:AttachRolePolicy', { RoleName, PolicyArn: moved }],
    ]
    for (const [operation, input] of calls) expect((await workshop.call(operation, input)).outcome).toBe('allowed')
  }

  test.each<[string, string, string, string[]]>([
    ['which means the same is found, and so is its attachment', listing(teamA), '4/4', []],
    ['which means something else is compared', listing('*'), '1/4', ['policy', 'team-b-denied']],
  ])('%s', async (_, text, worth, red) => {
    await workshop.run(['identity-policies'])
    await atPath(text)
    const report = await workshop.verify(['identity-policies'])
    expect(points(report)).toEqual([`identity-policies ${worth}`])
    expect(report.labs.at(-1)?.steps.flatMap(({ id, status }) => (status === 'failed' ? [id] : []))).toEqual(red)
  })

  test('and where nobody may look for it, it is not graded', async () => {
    await workshop.run(['identity-policies'])
    await atPath(listing(teamA))
    const code = 'AccessDenied'
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>User: arn:aws:iam::111122223333:user/admin is not authorized to perform: iam:ListPolicies on resource: policy path / because no identity-based policy allows the iam:ListPolicies action</Message></Error><RequestId>r</RequestId></ErrorResponse>`
    meddling = operation => (operation === 'ListPolicies' ? { status: 403, type: 'text/xml', body } : null)
    const report = await workshop.verify(['identity-policies'])
    expect(stepOf(report, 'policy')).toMatchObject({ status: 'blocked', points: null })
    expect(points(report)).toEqual(['identity-policies null/4'])
  })
})

import { describe, expect, test } from 'vitest'
import { decide, type PolicySet } from '../../../../policy/index.ts'
import { policyOf } from '../../../../runner/engine/read-policies.ts'
import { applied, type Situation } from '../../../../runner/engine/why/edit.ts'
import { changeToAllow, changeToDeny } from '../../../../runner/engine/why/smallest-change.ts'

const resource = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine'
const action = 'ecr:ListImages'
const role = 'arn:aws:iam::111122223333:role/reader'
const document = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const policy = (...statements: unknown[]) => policyOf('own', document(...statements))
const allow = { Effect: 'Allow', Action: action, Resource: resource }
const all = { Effect: 'Allow', Action: '*', Resource: '*' }
const deny = { Effect: 'Deny', Action: action, Resource: '*' }

const situation = (policies: Partial<PolicySet>, request: Partial<Situation['request']> = {}): Situation => ({
  request: {
    principal: 'arn:aws:sts::111122223333:assumed-role/reader/x',
    ...{ account: '111122223333', issuerArn: role, action, resource, resourceAccount: '111122223333' },
    ...request,
  },
  policies: { identity: [], ...policies },
})

interface Row {
  name: string
  from: Situation
  /** `kind policyType element value`, of each edit. */
  edits: string[]
}

const told = (edits: ReturnType<typeof changeToAllow>['edits']) =>
  edits?.map(edit =>
    edit.edit === 'context'
      ? `${edit.key}=${edit.value}`
      : [edit.kind, edit.policyType, edit.element].filter(each => each !== null).join(' '),
  )

const repository = (...statements: object[]) => [
  policyOf('repository policy of team-a/alpine', document(...statements)),
]
const named = { Effect: 'Allow', Principal: { AWS: role }, Action: action }

describe('what would allow it', () => {
  test.each<Row>([
    { name: 'no policy at all', from: situation({}), edits: ['create identity-based'] },
    {
      name: 'a statement about other actions here',
      from: situation({ identity: [policy({ ...allow, Action: 'ecr:PutImage' })] }),
      edits: ['widen identity-based Action'],
    },
    {
      name: 'a statement about this action elsewhere',
      from: situation({ identity: [policy({ ...allow, Resource: `${resource}2` })] }),
      edits: ['widen identity-based Resource'],
    },
    {
      name: 'a statement that would grant more if it were widened',
      from: situation({ identity: [policy({ ...allow, Action: ['ecr:PutImage', 'ecr:Get*'], Resource: '*' })] }),
      edits: ['add identity-based'],
    },
    {
      name: 'a Deny of one thing',
      from: situation({ identity: [policy(all, deny)] }),
      edits: ['remove identity-based'],
    },
    {
      name: 'a Deny of several actions',
      from: situation({ identity: [policy(all, { ...deny, Action: [action, 'ecr:PutImage'] })] }),
      edits: ['narrow identity-based Action'],
    },
    {
      name: 'a Deny, and nothing that allows',
      from: situation({ identity: [policy(deny)] }),
      edits: ['remove identity-based', 'create identity-based'],
    },
    {
      name: 'a Deny on the resource of several callers',
      from: situation({
        identity: [policy(all)],
        resource: repository({ ...named, Effect: 'Deny', Principal: { AWS: [role, `${role}2`] } }),
      }),
      edits: ['narrow resource-based Principal'],
    },
    {
      name: 'a boundary and a session policy that are silent',
      from: situation({
        identity: [policy(all)],
        boundary: policyOf('boundary', document({ ...allow, Action: 'ecr:PutImage' })),
        session: [policyOf('session policy', document({ ...allow, Action: ['ecr:Put*'], Resource: '*' }))],
      }),
      edits: ['widen permissions boundary Action', 'add session policy'],
    },
    {
      name: 'another account: both sides',
      from: situation(
        {},
        { resourceAccount: '444455556666', resource: resource.replace('111122223333', '444455556666') },
      ),
      edits: ['create resource-based', 'create identity-based'],
    },
    {
      name: 'a tag that is asked for',
      from: situation({
        identity: [policy({ ...allow, Condition: { StringEquals: { 'ecr:ResourceTag/team': 'a' } } })],
      }),
      edits: ['ecr:ResourceTag/team=a'],
    },
    {
      name: 'a condition that nobody has in hand',
      from: situation({
        identity: [policy({ ...allow, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
      }),
      edits: ['add identity-based'],
    },
  ])('$name', ({ from, edits }) => {
    expect(decide(from.request, from.policies).decision).not.toBe('allowed')
    const change = changeToAllow([from])
    expect(told(change.edits)).toEqual(edits)
    const after = (change.edits ?? []).reduce(applied, from)
    expect(decide(after.request, after.policies).decision).toBe('allowed')
  })

  test('a trust policy always stays one', () => {
    const trust = policyOf(
      'trust policy of deploy',
      document({ ...deny, Action: 'sts:AssumeRole', Principal: '*', Resource: undefined }),
    )
    const from = situation(
      { identity: [policy(all)], trust },
      { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/deploy' },
    )
    const change = changeToAllow([from])
    expect(change.edits?.every(edit => edit.edit === 'document' && edit.document !== null)).toBe(true)
    const after = (change.edits ?? []).reduce(applied, from)
    expect(decide(after.request, after.policies).decision).toBe('allowed')
  })

  test('an organization’s policy is not this account’s to change', () => {
    const from = situation({ identity: [policy(all)], scps: [[policyOf('scp', document(all, deny))]] })
    expect(changeToAllow([from])).toEqual({ edits: null, because: expect.stringContaining('service control policy') })
  })

  test('several checks of one step: one statement for all of them', () => {
    const change = changeToAllow([situation({}), situation({}, { action: 'ecr:PutImage' })])
    expect(change.edits).toMatchObject([{ kind: 'create', after: { Action: [action, 'ecr:PutImage'] } }])
  })
})

describe('what would refuse it', () => {
  test.each<Row>([
    { name: 'the one Allow', from: situation({ identity: [policy(allow)] }), edits: ['remove identity-based'] },
    {
      name: 'an Allow of several actions',
      from: situation({ identity: [policy({ ...allow, Action: [action, 'ecr:PutImage'] })] }),
      edits: ['narrow identity-based Action'],
    },
    {
      name: 'several Allows',
      from: situation({ identity: [policy(allow, all)] }),
      edits: ['add identity-based'],
    },
    {
      name: 'what AWS maintains is not taken away',
      from: situation({ identity: [{ ...policy(all), arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] }),
      edits: ['create identity-based'],
    },
  ])('$name', ({ from, edits }) => {
    expect(decide(from.request, from.policies).decision).toBe('allowed')
    const change = changeToDeny([from])
    expect(told(change.edits)).toEqual(edits)
    const after = (change.edits ?? []).reduce(applied, from)
    expect(decide(after.request, after.policies).decision).not.toBe('allowed')
  })
})

import { expect, test } from 'vitest'
import type { Decision, PolicyType } from '../../policy/index.ts'
import { denialText } from '../../sandbox/denial-text.ts'
import type { Need } from '../../sandbox/operation.ts'

const caller = 'arn:aws:iam::111122223333:user/bob'
const list: Need = { action: 'ecr:ListImages', resource: 'arn:aws:ecr:us-west-2:111122223333:repository/a' }
const prefix = `User: ${caller} is not authorized to perform: ecr:ListImages on resource: ${list.resource}`
const managed = 'arn:aws:iam::111122223333:policy/p'

const decided = (decision: Decision['decision'], policyType: PolicyType | null, policyArn?: string): Decision => ({
  decision,
  policyType,
  deciding:
    decision === 'explicitDeny' && policyType !== null
      ? [{ policyType, policy: 'p', policyArn, index: 0, effect: 'Deny', matched: true }]
      : [],
  layers: [],
  sure: true,
})

test.each<[Decision, string]>([
  [decided('implicitDeny', 'identity-based'), ' because no identity-based policy allows the ecr:ListImages action'],
  [decided('implicitDeny', 'resource-based'), ' because no resource-based policy allows the ecr:ListImages action'],
  [
    decided('implicitDeny', 'permissions boundary'),
    ' because no permissions boundary allows the ecr:ListImages action',
  ],
  [decided('implicitDeny', 'session policy'), ' because no session policy allows the ecr:ListImages action'],
  [
    decided('implicitDeny', 'service control policy'),
    ' because no service control policy allows the ecr:ListImages action',
  ],
  [decided('explicitDeny', 'identity-based'), ' with an explicit deny in an identity-based policy'],
  [
    decided('explicitDeny', 'identity-based', managed),
    ` with an explicit deny in an identity-based policy: ${managed}`,
  ],
  [
    decided('explicitDeny', 'permissions boundary', managed),
    ` with an explicit deny in a permissions boundary: ${managed}`,
  ],
  [decided('explicitDeny', 'resource-based'), ' with an explicit deny in a resource-based policy'],
  [decided('explicitDeny', 'session policy'), ' with an explicit deny in a session policy'],
  [decided('explicitDeny', 'resource control policy'), ' with an explicit deny in a resource control policy'],
  [decided('implicitDeny', null), ''],
])('ECR: %#', (decision, reason) => {
  expect(denialText({ kind: 'user', arn: caller }, list, decision)).toBe(prefix + reason)
})

test.each<[Need, string]>([
  [{ action: 'sts:AssumeRole', resource: 'R' }, 'perform: sts:AssumeRole on resource: R'],
  [{ action: 'sts:TagSession', resource: 'R' }, 'perform: sts:TagSession on resource: R'],
  [
    { action: 'iam:GetRole', resource: 'R', printed: 'role x' },
    'perform: iam:GetRole on resource: role x because no identity-based policy allows the iam:GetRole action',
  ],
  [
    { action: 'sts:GetAccessKeyInfo', resource: '*', printed: '' },
    'perform: sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action',
  ],
  [
    { action: 'iam:GetAccessKeyLastUsed', resource: '*', printed: 'access key AKIA' },
    'perform iam:GetAccessKeyLastUsed on resource: access key AKIA because no identity-based policy allows the iam:GetAccessKeyLastUsed action',
  ],
])('%j', (need, text) => {
  expect(denialText({ kind: 'user', arn: caller }, need, decided('implicitDeny', 'identity-based'))).toBe(
    `User: ${caller} is not authorized to ${text}`,
  )
})

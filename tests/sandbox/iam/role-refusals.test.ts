import { beforeEach, describe, expect, test } from 'vitest'
import { type MemoryAccount, memoryAccount, refusal } from '../memory-account.ts'
import { adminPolicy, arn, document, trust } from './documents.ts'

let account: MemoryAccount
const role = { RoleName: 'dev' }

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateRole', { RoleName: 'dev', AssumeRolePolicyDocument: trust })
})

const eleven = Array.from({ length: 11 }, (_, index) => `p${index}`)
const big = document.replace('ecr:ListImages', `ecr:${'x'.repeat(6000)}`)

test.each<[string, (account: MemoryAccount) => unknown, string]>([
  [
    'a name that is taken',
    a => a.iam('CreateRole', { RoleName: 'DEV', AssumeRolePolicyDocument: trust }),
    '409 EntityAlreadyExists: Role with name DEV already exists.',
  ],
  [
    'a trust policy that is not JSON',
    a => a.iam('CreateRole', { RoleName: 'x', AssumeRolePolicyDocument: '{' }),
    '400 MalformedPolicyDocument: This policy contains invalid Json',
  ],
  [
    'a trusted role that does not exist',
    a => a.iam('UpdateAssumeRolePolicy', { ...role, PolicyDocument: trust.replace(':root', ':role/gone') }),
    `400 MalformedPolicyDocument: Invalid principal in policy: "AWS":"${arn('role', 'gone')}"`,
  ],
  [
    'a tag key twice',
    a =>
      a.iam('TagRole', {
        ...role,
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'A', Value: '' },
        ],
      }),
    '400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  ],
  [
    'a policy name for an ARN',
    a => a.iam('AttachRolePolicy', { ...role, PolicyArn: 'a-policy-name-but-no-arn' }),
    '400 ValidationError: ARN a-policy-name-but-no-arn is not valid.',
  ],
  [
    'a policy that does not exist',
    a => a.iam('AttachRolePolicy', { ...role, PolicyArn: arn('policy', 'gone') }),
    `404 NoSuchEntity: Policy ${arn('policy', 'gone')} does not exist or is not attachable.`,
  ],
  [
    'a policy that is not attached',
    a => a.iam('DetachRolePolicy', { ...role, PolicyArn: adminPolicy }),
    `404 NoSuchEntity: Policy ${adminPolicy} was not found.`,
  ],
  [
    'a boundary that is no ARN',
    a => a.iam('PutRolePermissionsBoundary', { ...role, PermissionsBoundary: 'not-an-arn-of-a-policy' }),
    '400 InvalidInput: ARN not-an-arn-of-a-policy is not valid.',
  ],
  [
    'a boundary that does not exist',
    a => a.iam('PutRolePermissionsBoundary', { ...role, PermissionsBoundary: arn('policy', 'gone') }),
    `404 NoSuchEntity: Scope ARN: ${arn('policy', 'gone')} does not exist or is not attachable.`,
  ],
  [
    'an inline policy that does not exist',
    a => a.iam('GetRolePolicy', { ...role, PolicyName: 'gone' }),
    '404 NoSuchEntity: The role policy with name gone cannot be found.',
  ],
  [
    'deleting with a policy attached',
    a => {
      a.iam('AttachRolePolicy', { ...role, PolicyArn: adminPolicy })
      a.iam('DeleteRole', role)
    },
    '409 DeleteConflict: Cannot delete entity, must detach all policies first.',
  ],
  [
    'deleting with an inline policy',
    a => {
      a.iam('PutRolePolicy', { ...role, PolicyName: 'p', PolicyDocument: document })
      a.iam('DeleteRole', role)
    },
    '409 DeleteConflict: Cannot delete entity, must delete policies first.',
  ],
  [
    'an eleventh policy',
    a => {
      for (const name of eleven)
        a.iam('AttachRolePolicy', {
          ...role,
          PolicyArn: a.iam('CreatePolicy', { PolicyName: name, PolicyDocument: document }).Policy.Arn,
        })
    },
    '409 LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10',
  ],
  [
    'inline policies too long together',
    a => {
      for (const PolicyName of ['p', 'q']) a.iam('PutRolePolicy', { ...role, PolicyName, PolicyDocument: big })
    },
    '409 LimitExceeded: Maximum policy size of 10240 bytes exceeded for role dev',
  ],
  ['a marker of nobody', a => a.iam('ListRoles', { Marker: '***' }), '400 ValidationError: Invalid Marker.'],
])('%s', (_, act, expected) => {
  expect(refusal(() => act(account))).toBe(expected)
})

describe('a service-linked role is AWS’s to change', () => {
  const linked = { RoleName: 'AWSServiceRoleForECS' }
  const rest = { PolicyName: 'p', PolicyDocument: document, PolicyArn: adminPolicy, PermissionsBoundary: adminPolicy }

  test.each([
    'DeleteRole',
    'AttachRolePolicy',
    'DetachRolePolicy',
    'PutRolePolicy',
    'DeleteRolePolicy',
    'UpdateAssumeRolePolicy',
    'PutRolePermissionsBoundary',
    'DeleteRolePermissionsBoundary',
  ] as const)('%s', name => {
    account.iam('CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' })
    expect(refusal(() => account.iam(name, { ...linked, ...rest }))).toBe(
      "400 UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role is only modifiable by AWS",
    )
  })

  test.each([
    [
      'CreateServiceLinkedRole',
      { AWSServiceName: 'lex.amazonaws.com' },
      '501 NotImplemented: iam:CreateServiceLinkedRole for lex.amazonaws.com is not implemented by the sandbox',
    ],
    ['DeleteServiceLinkedRole', role, '404 NoSuchEntity: The role with name dev cannot be found.'],
    [
      'GetServiceLinkedRoleDeletionStatus',
      { DeletionTaskId: 'task/none' },
      '404 NoSuchEntity: The deletion task with id task/none cannot be found.',
    ],
  ] as const)('%s %j', (name, input, expected) => {
    expect(refusal(() => account.iam(name, input))).toBe(expected)
  })
})

import { beforeEach, expect, test } from 'vitest'
import { accountId, type MemoryAccount, memoryAccount, refusal, user } from '../memory-account.ts'
import { adminPolicy, document } from './documents.ts'

let account: MemoryAccount
const ann = { UserName: 'ann' }

beforeEach(() => {
  account = memoryAccount()
  account.iam('CreateUser', ann)
})

const session = () => ({
  ...user('dev'),
  kind: 'role-session' as const,
  arn: `arn:aws:sts::${accountId}:assumed-role/dev/s`,
})

const conflict = (what: string) => `409 DeleteConflict: Cannot delete entity, must ${what} first.`

test.each<[string, (a: MemoryAccount) => unknown, string]>([
  [
    'a name that is taken',
    a => a.iam('CreateUser', { UserName: 'ANN' }),
    '409 EntityAlreadyExists: User with name ANN already exists.',
  ],
  [
    'a rename to a name that is taken',
    a => a.iam('UpdateUser', { ...ann, NewUserName: 'admin' }),
    '409 EntityAlreadyExists: User with name admin already exists.',
  ],
  [
    'a key that does not exist',
    a => a.iam('DeleteAccessKey', { ...ann, AccessKeyId: 'AKIANONE' }),
    '404 NoSuchEntity: The Access Key with id AKIANONE cannot be found.',
  ],
  [
    'the last use of a key that does not exist',
    a => a.iam('GetAccessKeyLastUsed', { AccessKeyId: 'AKIANONE' }),
    `403 AccessDenied: User: arn:aws:iam::${accountId}:user/admin is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIANONE`,
  ],
  [
    'a session that names no user',
    a => {
      a.caller = session()
      a.iam('DeleteAccessKey', { AccessKeyId: 'AKIANONE' })
    },
    '400 ValidationError: Must specify userName when calling with non-User credentials',
  ],
  [
    'an inline policy that does not exist',
    a => a.iam('GetUserPolicy', { ...ann, PolicyName: 'gone' }),
    '404 NoSuchEntity: The user policy with name gone cannot be found.',
  ],
  [
    'deleting with a policy attached',
    a => {
      a.iam('AttachUserPolicy', { ...ann, PolicyArn: adminPolicy })
      a.iam('DeleteUser', ann)
    },
    conflict('detach all policies'),
  ],
  [
    'deleting with an inline policy',
    a => {
      a.iam('PutUserPolicy', { ...ann, PolicyName: 'p', PolicyDocument: document })
      a.iam('DeleteUser', ann)
    },
    conflict('delete policies'),
  ],
  [
    'deleting with a key',
    a => {
      a.iam('CreateAccessKey', ann)
      a.iam('DeleteUser', ann)
    },
    conflict('delete access keys'),
  ],
  [
    'deleting with a login profile',
    a => {
      a.iam('CreateLoginProfile', ann)
      a.iam('DeleteUser', ann)
    },
    conflict('delete login profile'),
  ],
  [
    'deleting with a service-specific credential',
    a => {
      a.iam('CreateServiceSpecificCredential', { ...ann, ServiceName: 'codecommit.amazonaws.com' })
      a.iam('DeleteUser', ann)
    },
    conflict('remove referenced objects'),
  ],
  [
    'deleting a member',
    a => {
      a.iam('CreateGroup', { GroupName: 'devs' })
      a.iam('AddUserToGroup', { ...ann, GroupName: 'devs' })
      a.iam('DeleteUser', ann)
    },
    conflict('remove users from group'),
  ],
])('%s', (_, act, expected) => {
  expect(refusal(() => act(account))).toBe(expected)
})

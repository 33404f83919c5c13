import { beforeEach, describe, expect, test } from 'vitest'
import { createAccount } from '../../sandbox/accounts.ts'
import { type Role, roles, uniqueIds, users } from '../../sandbox/iam/entities.ts'
import { presentPrincipals, resolvePrincipals, UnknownPrincipal } from '../../sandbox/principals.ts'
import { secretsFrom } from '../../sandbox/state/secrets.ts'
import type { Store } from '../../sandbox/state/store.ts'
import { memoryStore } from './memory-store.ts'

const account = '111122223333'
const roleId = 'AROAAAAAAAAAAAAAAAAAA'
const arn = `arn:aws:iam::${account}:role/team/Reader`
let state: Store
let adminId: string

beforeEach(() => {
  state = memoryStore()
  createAccount(state, secretsFrom(Buffer.alloc(32)), account, 0)
  const role: Role = {
    RoleName: 'Reader',
    RoleId: roleId,
    Path: '/team/',
    Arn: arn,
    CreateDate: 0,
    inline: {},
    attached: [],
    Tags: [],
    MaxSessionDuration: 3600,
    AssumeRolePolicyDocument: '{}',
  }
  state.put(roles, role, account, 'reader')
  state.put(uniqueIds, { accountId: account, kind: 'role', name: 'Reader' }, roleId)
  adminId = state.get(users, account, 'admin')?.UserId ?? ''
})

const policy = (principal: unknown, element = 'Principal'): string =>
  JSON.stringify({ Statement: [{ [element]: principal, Condition: { ArnEquals: { 'aws:PrincipalArn': arn } } }] })

describe('resolving', () => {
  test.each<[string, unknown, () => unknown]>([
    ['a role', { AWS: arn }, () => ({ AWS: roleId })],
    ['a user', { AWS: [`arn:aws:iam::${account}:user/admin`] }, () => ({ AWS: [adminId] })],
    [
      'an account',
      { AWS: [account, `arn:aws:iam::${account}:root`] },
      () => ({ AWS: [account, `arn:aws:iam::${account}:root`] }),
    ],
    [
      'a session',
      { AWS: `arn:aws:sts::${account}:assumed-role/Reader/s` },
      () => ({ AWS: `arn:aws:sts::${account}:assumed-role/Reader/s` }),
    ],
    ['a living id', { AWS: roleId }, () => ({ AWS: roleId })],
    ['everybody', { AWS: '*' }, () => ({ AWS: '*' })],
    ['everybody, bare', '*', () => '*'],
    ['a service', { Service: 'ec2.amazonaws.com' }, () => ({ Service: 'ec2.amazonaws.com' })],
  ])('%s', (_title, principal, expected) => {
    for (const element of ['Principal', 'NotPrincipal']) {
      expect(resolvePrincipals(policy(principal, element), state)).toBe(policy(expected(), element))
    }
  })

  test.each([
    `arn:aws:iam::${account}:role/Reader`,
    `arn:aws:iam::${account}:role/team/reader`,
    `arn:aws:iam::${account}:user/nobody`,
    `arn:aws:iam::${account}:group/x`,
    `arn:aws:iam::${account}:*`,
    'arn:aws:iam::999999999999:root',
    '999999999999',
    'AROAZZZZZZZZZZZZZZZZZ',
    'nonsense',
  ])('there is no %s', principal => {
    expect(() => resolvePrincipals(policy({ AWS: principal }), state)).toThrow(UnknownPrincipal)
    expect(() => resolvePrincipals(policy({ AWS: principal }), state)).toThrow(expect.objectContaining({ principal }))
  })

  test('a statement that stands alone', () => {
    expect(resolvePrincipals(`{ "Statement": {"Principal" : {"AWS":"${arn}"}}}`, state)).toBe(
      `{ "Statement": {"Principal" : {"AWS":"${roleId}"}}}`,
    )
  })
})

test('reading back: ids of the living become ARNs, dead ones stay bare', () => {
  expect(presentPrincipals(policy({ AWS: [roleId, account] }), state)).toBe(policy({ AWS: [arn, account] }))
  state.remove(roles, account, 'reader')
  expect(presentPrincipals(policy({ AWS: roleId }), state)).toBe(policy({ AWS: roleId }))
})

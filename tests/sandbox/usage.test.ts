import { expect, test } from 'vitest'
import { createAccount } from '../../sandbox/accounts.ts'
import { callerOf } from '../../sandbox/caller.ts'
import { accessKeys } from '../../sandbox/iam/entities.ts'
import type { Caller } from '../../sandbox/operation.ts'
import type { StateFile } from '../../sandbox/state/lmdb-store.ts'
import { secretsFrom } from '../../sandbox/state/secrets.ts'
import { usageIn } from '../../sandbox/usage.ts'
import { trust } from './iam/documents.ts'
import { memoryAccount, user } from './memory-account.ts'
import { memoryStore } from './memory-store.ts'

test('a key’s last use is written in the background, and not again within the minute', () => {
  const store = memoryStore()
  let writes = 0
  const state: StateFile = {
    read: work => work(store),
    write: work => {
      writes += 1
      return work(store)
    },
    replace: seed => seed(store),
    close: async () => {},
  }
  const secrets = secretsFrom(Buffer.alloc(32))
  const key = createAccount(store, secrets, '111122223333', 0).adminAccessKeyId
  const caller = callerOf(store, key, null, secrets.sessionToken, 0)
  const usage = usageIn(state)
  usage.note(caller, 'sts', 'us-west-2', 100_000)
  expect(store.get(accessKeys, key)?.lastUsed).toBeUndefined()
  usage.flush()
  expect(store.get(accessKeys, key)?.lastUsed).toEqual({ at: 100_000, region: 'us-west-2', service: 'sts' })
  usage.note(caller, 'ecr', 'us-west-2', 150_000)
  usage.flush()
  expect(store.get(accessKeys, key)?.lastUsed?.service).toBe('sts')
  usage.note(caller, 'ecr', 'us-west-2', 160_000)
  usage.flush()
  expect(store.get(accessKeys, key)?.lastUsed?.service).toBe('ecr')
  expect(writes).toBe(2)
})

test('a role is used when a session of it calls, and the same role only', () => {
  const account = memoryAccount()
  const { Role } = account.iam('CreateRole', { RoleName: 'Dev', AssumeRolePolicyDocument: trust })
  const state: StateFile = {
    read: work => work(account.state),
    write: work => work(account.state),
    replace: seed => seed(account.state),
    close: async () => {},
  }
  const usage = usageIn(state)
  const session = (principalId: string): Caller => ({
    ...user('Dev'),
    kind: 'role-session',
    principalId,
    accessKeyId: `ASIA${principalId}`,
  })
  const used = () => account.iam('GetRole', { RoleName: 'Dev' }).Role.RoleLastUsed
  usage.note(session('AROAOFANOTHERROLE1234'), 'ecr', 'us-west-2', 100_000)
  usage.flush()
  expect(used()).toEqual({})
  usage.note(session(Role.RoleId), 'ecr', 'us-west-2', 100_000)
  usage.flush()
  expect(used()).toEqual({ LastUsedDate: new Date(100_000), Region: 'us-west-2' })
})

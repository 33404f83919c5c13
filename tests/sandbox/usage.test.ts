import { expect, test } from 'vitest'
import { createAccount } from '../../sandbox/accounts.ts'
import { callerOf } from '../../sandbox/caller.ts'
import { accessKeys } from '../../sandbox/iam/entities.ts'
import type { StateFile } from '../../sandbox/state/lmdb-store.ts'
import { secretsFrom } from '../../sandbox/state/secrets.ts'
import { usageIn } from '../../sandbox/usage.ts'
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

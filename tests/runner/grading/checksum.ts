import { createHash } from 'node:crypto'
import { accounts } from '../../../sandbox/accounts.ts'
import { images, imageTags, layers, repositories } from '../../../sandbox/ecr/entities.ts'
import { accessKeys, attachments, groups, keysOfUser, policies, roles, users } from '../../../sandbox/iam/entities.ts'
import { openState } from '../../../sandbox/state/lmdb-store.ts'
import type { Table } from '../../../sandbox/state/store.ts'

const tables: readonly Table<unknown>[] = [
  ...[accounts, roles, users, groups, policies, attachments, accessKeys, keysOfUser],
  ...[repositories, images, imageTags, layers],
]

/** Of all that the sandbox's accounts hold; when a role or key was last used is no part of it. */
export function checksumOf(directory: string): string {
  const state = openState(directory)
  const hash = createHash('sha256')
  state.read(store => {
    for (const table of tables)
      for (const { key, value } of store.list(table, [])) {
        const { lastUsed: _lastUsed, ...rest } = Object(value)
        hash.update(JSON.stringify([table.name, key, typeof value === 'object' ? rest : value]))
      }
  })
  void state.close()
  return hash.digest('hex')
}

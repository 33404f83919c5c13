import { type AccessKey, accessKeys, attachments, keysOfUser, type User, uniqueIds, users } from './iam/entities.ts'
import type { Secrets } from './operation.ts'
import { type Store, table } from './state/store.ts'

/** An account of the sandbox, with the key of its user `admin`. */
export interface Account {
  id: string
  adminAccessKeyId: string
  createdAt: number
  /** Set when the account is in the sandbox's organization, which binds it. */
  organization?: { scps: ControlPolicy[]; rcps: ControlPolicy[] }
}

/** A service or resource control policy attached to an account. */
export interface ControlPolicy {
  name: string
  arn: string
  /** The document. */
  text: string
}

/** Key [account id]. */
export const accounts = table<Account>('account')

/** The account that labs run in, and the partner of the cross-account ones: AWS's own documentation ids. */
export const firstAccounts = ['111122223333', '444455556666'] as const

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess'

/** Adds the account, unless it is there. `adminAccessKeyId` is given to keep a key that people already use. */
export const createAccount = (
  state: Store,
  secrets: Secrets,
  id: string,
  now: number,
  adminAccessKeyId = secrets.newId('AKIA'),
): Account => {
  const known = state.get(accounts, id)
  if (known !== undefined) return known
  const account = { id, adminAccessKeyId, createdAt: now }
  state.put(accounts, account, id)
  createAdmin(state, secrets, account)
  return account
}

/** `previous`: accounts whose admin keeps his access key. */
export const createFirstAccounts = (
  state: Store,
  secrets: Secrets,
  now: number,
  previous: readonly Account[] = [],
): void => {
  for (const id of firstAccounts) {
    createAccount(state, secrets, id, now, previous.find(account => account.id === id)?.adminAccessKeyId)
  }
}

export const allAccounts = (state: Store): Account[] =>
  Array.from(state.list(accounts, []), ({ value }) => value).sort(
    (a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id),
  )

const createAdmin = (state: Store, secrets: Secrets, { id, adminAccessKeyId, createdAt }: Account): void => {
  const admin: User = {
    UserName: 'admin',
    UserId: secrets.newId('AIDA'),
    Path: '/',
    Arn: `arn:aws:iam::${id}:user/admin`,
    CreateDate: createdAt,
    inline: {},
    attached: [administratorAccess],
    Tags: [],
    groups: [],
  }
  const key: AccessKey = {
    AccessKeyId: adminAccessKeyId,
    UserName: 'admin',
    accountId: id,
    Status: 'Active',
    CreateDate: createdAt,
  }
  state.put(users, admin, id, 'admin')
  state.put(uniqueIds, { accountId: id, kind: 'user', name: 'admin' }, admin.UserId)
  state.put(accessKeys, key, adminAccessKeyId)
  state.put(keysOfUser, true, id, 'admin', adminAccessKeyId)
  state.put(attachments, true, id, administratorAccess, 'user', 'admin')
}

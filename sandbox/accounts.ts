import { type AccessKey, accessKeys, attachments, keysOfUser, type User, uniqueIds, users } from './iam/entities.ts'
import type { Secrets } from './operation.ts'
import { type Store, table } from './state/store.ts'

/** An account of the sandbox, with the keys of its user `admin` and of its root user. */
export interface Account {
  id: string
  adminAccessKeyId: string
  rootAccessKeyId: string
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

/** Key ['version']: of the records' form. */
const formats = table<number>('format')
const currentFormat = 3

/** Whether the records are of the form that this version reads. */
export const isCurrentFormat = (state: Store): boolean => state.get(formats, 'version') === currentFormat

/** The account that labs run in, and the partner of the cross-account ones: AWS's own documentation ids. */
export const firstAccounts = ['111122223333', '444455556666'] as const

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess'

type Keys = Pick<Account, 'adminAccessKeyId' | 'rootAccessKeyId'>

/** Adds the account, unless it is there. `keys` are given to keep those that people already use. */
export const createAccount = (state: Store, secrets: Secrets, id: string, now: number, keys?: Keys): Account => {
  const known = state.get(accounts, id)
  if (known !== undefined) return known
  const { adminAccessKeyId, rootAccessKeyId } = keys ?? {
    adminAccessKeyId: secrets.newId('AKIA'),
    rootAccessKeyId: secrets.newId('AKIA'),
  }
  const account = { id, adminAccessKeyId, rootAccessKeyId, createdAt: now }
  state.put(accounts, account, id)
  createAdmin(state, secrets, account)
  state.put(accessKeys, keyOf(account, rootAccessKeyId, null), rootAccessKeyId)
  return account
}

const keyOf = ({ id, createdAt }: Account, AccessKeyId: string, UserName: string | null): AccessKey => ({
  AccessKeyId,
  UserName,
  accountId: id,
  Status: 'Active',
  CreateDate: createdAt,
})

/** `previous`: accounts whose keys stay as they are. */
export const createFirstAccounts = (
  state: Store,
  secrets: Secrets,
  now: number,
  previous: readonly Account[] = [],
): void => {
  state.put(formats, currentFormat, 'version')
  for (const id of firstAccounts) {
    createAccount(
      state,
      secrets,
      id,
      now,
      previous.find(account => account.id === id),
    )
  }
}

export const allAccounts = (state: Store): Account[] =>
  Array.from(state.list(accounts, []), ({ value }) => value).sort(
    (a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id),
  )

const createAdmin = (state: Store, secrets: Secrets, account: Account): void => {
  const { id, adminAccessKeyId, createdAt } = account
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
  state.put(users, admin, id, 'admin')
  state.put(uniqueIds, { accountId: id, kind: 'user', name: 'admin' }, admin.UserId)
  state.put(accessKeys, keyOf(account, adminAccessKeyId, 'admin'), adminAccessKeyId)
  state.put(keysOfUser, true, id, 'admin', adminAccessKeyId)
  state.put(attachments, true, id, administratorAccess, 'user', 'admin')
}

import { AwsError } from '../errors.ts'
import { type AccessKey, accessKeys, keysOfUser } from './entities.ts'
import type { Scope } from './holder.ts'

/** `name` null: the account's root user, whose keys are kept under an empty name. */
const owner = ({ caller }: Scope, name: string | null): [string, string] => [
  caller.accountId,
  (name ?? '').toLowerCase(),
]

export const keysOf = (scope: Scope, name: string | null): AccessKey[] =>
  Array.from(scope.state.list(keysOfUser, owner(scope, name)), ({ key }) =>
    scope.state.get(accessKeys, key[2] ?? ''),
  ).filter(key => key !== undefined)

/** The key, if it is this user's. Throws NoSuchEntity. */
export const keyNamed = (scope: Scope, name: string | null, id: string): AccessKey => {
  const key = keysOf(scope, name).find(({ AccessKeyId }) => AccessKeyId === id)
  if (key === undefined) throw new AwsError('NoSuchEntity', 404, `The Access Key with id ${id} cannot be found.`)
  return key
}

export const saveKey = (scope: Scope, key: AccessKey): void => {
  scope.state.put(accessKeys, key, key.AccessKeyId)
  scope.state.put(keysOfUser, true, ...owner(scope, key.UserName), key.AccessKeyId)
}

export const removeKey = (scope: Scope, key: AccessKey): void => {
  scope.state.remove(accessKeys, key.AccessKeyId)
  scope.state.remove(keysOfUser, ...owner(scope, key.UserName), key.AccessKeyId)
}

/** The owner as outputs name it; the root user has no name. */
export const namedOwner = ({ UserName }: Pick<AccessKey, 'UserName'>) => (UserName === null ? {} : { UserName })

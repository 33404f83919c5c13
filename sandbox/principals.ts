import { accounts } from './accounts.ts'
import { roles, uniqueIds, users } from './iam/entities.ts'
import { replaceStrings } from './json-strings.ts'
import type { Store } from './state/store.ts'

/** A principal that a policy names and that does not exist. The service that stores the policy words it. */
export class UnknownPrincipal extends Error {
  readonly principal: string
  constructor(principal: string) {
    super(`no such principal: \`${principal}\``)
    this.name = 'UnknownPrincipal'
    this.principal = principal
  }
}

/**
 * The policy text to store: ARNs of users and roles in Principal and NotPrincipal become unique ids, so that an entity made anew under
 * an old name gains nothing. Every other character is kept. Account and session principals stay as written; conditions are not touched.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @throws UnknownPrincipal for a user, role, id or account that the sandbox does not have
 */
export const resolvePrincipals = (text: string, state: Store): string =>
  replaceStrings(text, (path, value) => (isPrincipal(path) ? resolve(value, state.settled ?? state) : null))

/** The stored text as AWS prints it: ids become ARNs again while their entity lives; dead ids stay bare. */
export const presentPrincipals = (text: string, state: Store): string =>
  idSomewhere.test(text)
    ? replaceStrings(text, (path, value) => (isPrincipal(path) && uniqueId.test(value) ? arnOf(value, state) : null))
    : text

/** Most policies hold none: looking for one costs less than taking the document apart. An escape may hide one. */
const idSomewhere = /A(?:IDA|ROA)[A-Z2-7]{16}|\\/

const uniqueId = /^A(?:IDA|ROA)[A-Z2-7]{16,}$/

const isPrincipal = (path: readonly string[]): boolean => {
  const [statement, element, kind] = path
  return (
    statement === 'Statement' &&
    (element === 'Principal' || element === 'NotPrincipal') &&
    kind === 'AWS' &&
    path.length === 3
  )
}

const resolve = (principal: string, state: Store): string | null => {
  if (principal === '*') return null
  if (uniqueId.test(principal)) {
    if (arnOf(principal, state) === null) throw new UnknownPrincipal(principal)
    return null
  }
  const [, account, rest] = /^(?:arn:aws:(?:iam|sts)::)?(\d{12})(?::(.*))?$/s.exec(principal) ?? []
  if (account === undefined || state.get(accounts, account) === undefined) throw new UnknownPrincipal(principal)
  if (rest === undefined || rest === 'root' || /^(assumed-role|federated-user)\/./.test(rest)) return null
  return idOf(principal, account, rest, state)
}

/** Names are matched with their case and path, as the whole ARN. */
const idOf = (arn: string, account: string, rest: string, state: Store): string => {
  const [, kind, name = ''] = /^(user|role)\/(?:.*\/)?([^/]+)$/.exec(rest) ?? []
  if (kind === 'role') {
    const role = state.get(roles, account, name.toLowerCase())
    if (role?.Arn === arn) return role.RoleId
  }
  if (kind === 'user') {
    const user = state.get(users, account, name.toLowerCase())
    if (user?.Arn === arn) return user.UserId
  }
  throw new UnknownPrincipal(arn)
}

const arnOf = (id: string, state: Store): string | null => {
  const owner = state.get(uniqueIds, id)
  if (owner === undefined) return null
  const key = [owner.accountId, owner.name.toLowerCase()]
  if (owner.kind === 'role') {
    const role = state.get(roles, ...key)
    return role?.RoleId === id ? role.Arn : null
  }
  const user = state.get(users, ...key)
  return user?.UserId === id ? user.Arn : null
}

import { AwsError } from './errors.ts'
import { type AccessKey, accessKeys, type Role, roles, type User, uniqueIds, users } from './iam/entities.ts'
import type { Caller, Session } from './operation.ts'
import { onceFor, type Store } from './state/store.ts'
import { sessions } from './sts/entities.ts'

/** The answer to an unknown or inactive key, a missing or foreign token, and a session whose role is gone: all the same. */
export const invalidToken = (): AwsError =>
  new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.')

/**
 * Who an access key stands for, in the order in which STS looks: the key and its token, its expiry, the principal behind it.
 * @param token the request's session token; null when it has none
 * @param tokenOf the token that belongs to an access key id
 * @throws AwsError InvalidClientTokenId or ExpiredToken
 */
export const callerOf = (
  state: Store,
  accessKeyId: string,
  token: string | null,
  tokenOf: (accessKeyId: string) => string,
  now: number,
): Caller => {
  const session = accessKeyId.startsWith('ASIA') ? state.get(sessions, accessKeyId) : undefined
  if (session !== undefined) {
    if (token !== tokenOf(accessKeyId)) throw invalidToken()
    if (session.expiresAt <= now)
      throw new AwsError('ExpiredToken', 403, 'The security token included in the request is expired')
    return onceFor(state, `caller ${accessKeyId}`, () => callerOfSession(state, accessKeyId, session))
  }
  if (token !== null) throw invalidToken()
  return onceFor(state, `caller ${accessKeyId}`, () => callerOfKey(state, state.get(accessKeys, accessKeyId)))
}

const callerOfKey = (state: Store, key: AccessKey | undefined): Caller => {
  if (key?.Status !== 'Active') throw invalidToken()
  const { AccessKeyId, UserName, accountId } = key
  if (UserName === null) return rootCaller(accountId, AccessKeyId, null)
  const user = state.get(users, accountId, UserName.toLowerCase())
  if (user === undefined) throw invalidToken()
  return userCaller(user, accountId, AccessKeyId, null)
}

const callerOfSession = (state: Store, accessKeyId: string, session: Session): Caller => {
  const { accountId, principalId, sessionName } = session
  if (session.kind === 'role-session') {
    const role = liveRole(state, session)
    return {
      kind: 'role-session',
      arn: `arn:aws:sts::${accountId}:assumed-role/${role.RoleName}/${sessionName}`,
      accountId,
      userId: `${principalId}:${sessionName}`,
      principalId,
      name: role.RoleName,
      issuerArn: role.Arn,
      accessKeyId,
      session,
    }
  }
  const behind =
    principalId === accountId
      ? rootCaller(accountId, accessKeyId, session)
      : userCaller(liveUser(state, session), accountId, accessKeyId, session)
  if (session.kind === 'session-token') return behind
  return {
    ...behind,
    kind: 'federated-user',
    arn: `arn:aws:sts::${accountId}:federated-user/${sessionName}`,
    userId: `${accountId}:${sessionName}`,
  }
}

/** A session dies with its role: one made anew under the old name has another id. */
const liveRole = (state: Store, { principalId }: Session): Role => {
  const owner = state.get(uniqueIds, principalId)
  const role = owner && state.get(roles, owner.accountId, owner.name.toLowerCase())
  if (role?.RoleId !== principalId) throw invalidToken()
  return role
}

const liveUser = (state: Store, { principalId }: Session): User => {
  const owner = state.get(uniqueIds, principalId)
  const user = owner && state.get(users, owner.accountId, owner.name.toLowerCase())
  if (user?.UserId !== principalId) throw invalidToken()
  return user
}

const rootCaller = (accountId: string, accessKeyId: string, session: Session | null): Caller => {
  const arn = `arn:aws:iam::${accountId}:root`
  return {
    kind: 'root',
    arn,
    accountId,
    userId: accountId,
    principalId: accountId,
    name: null,
    issuerArn: arn,
    accessKeyId,
    session,
  }
}

const userCaller = (user: User, accountId: string, accessKeyId: string, session: Session | null): Caller => ({
  kind: 'user',
  arn: user.Arn,
  accountId,
  userId: user.UserId,
  principalId: user.UserId,
  name: user.UserName,
  issuerArn: user.Arn,
  accessKeyId,
  session,
})

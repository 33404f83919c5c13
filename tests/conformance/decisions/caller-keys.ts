import { accessKeys } from '../../../sandbox/iam/entities.ts'
import { sessions } from '../../../sandbox/sts/entities.ts'
import type { Answer } from './questions.ts'
import { type Entity, NotBuilt, partsOf, type Row } from './row.ts'
import type { Keys, World } from './world.ts'

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess'

/** Credentials of the row's caller, made while nothing limits it yet. @throws NotBuilt */
export const keysOf = async (world: World, row: Row, caller: Entity | null): Promise<Keys> => {
  const { kind = '', account = '', name = '' } = partsOf(row.principal) ?? {}
  if (caller === null) return rootKeys(world, account)
  const Policy = row.sessionPolicy ? JSON.stringify(row.sessionPolicy) : undefined
  if (kind === 'assumed-role') {
    const RoleArn = (await world.make(account, 'iam:GetRole', { RoleName: caller.name })).Role?.Arn
    const answer = await world.make(account, 'sts:AssumeRole', { RoleArn, RoleSessionName: name, Policy })
    return asIssued(world, row, answer)
  }
  if (Policy !== undefined && kind === 'user') throw new NotBuilt('a user has no session policy')
  const { AccessKey } = await world.make(account, 'iam:CreateAccessKey', { UserName: caller.name })
  const own = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  const isToken = 'aws:MultiFactorAuthPresent' in row.context || 'aws:TokenIssueTime' in row.context
  if (kind === 'user') return isToken ? asIssued(world, row, await world.call(own, 'sts:GetSessionToken', {})) : own
  const attachment = { UserName: caller.name, PolicyArn: administrator }
  await world.make(account, 'iam:AttachUserPolicy', attachment)
  const answer = await world.call(own, 'sts:GetFederationToken', { Name: name, Policy })
  await world.make(account, 'iam:DetachUserPolicy', attachment)
  return asIssued(world, row, answer)
}

/** The credentials of an STS answer, given the age and the MFA that the row wants. */
const asIssued = ({ state }: World, { context }: Row, { Credentials }: Answer): Keys => {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  state.write(store => {
    const session = store.get(sessions, AccessKeyId)
    if (session === undefined) throw new Error('the session that was just issued is not there')
    const issued = context['aws:TokenIssueTime']
    const mfaAt = String(context['aws:MultiFactorAuthPresent']) === 'true' ? Date.now() : null
    const issuedAt = typeof issued === 'string' ? Date.parse(issued) : session.issuedAt
    store.put(sessions, { ...session, issuedAt, mfaAt }, AccessKeyId)
  })
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

/** Root makes its keys in the console. */
const rootKeys = ({ state, secrets }: World, accountId: string): Keys => {
  const AccessKeyId = secrets.newId('AKIA')
  const key = { AccessKeyId, UserName: null, accountId, Status: 'Active' as const, CreateDate: Date.now() }
  state.write(store => store.put(accessKeys, key, AccessKeyId))
  return { accessKeyId: AccessKeyId, secretAccessKey: secrets.secretAccessKey(AccessKeyId) }
}

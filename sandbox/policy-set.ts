import type { AttachedPolicy, PolicySet } from '../policy/index.ts'
import { compiledPolicy } from './compiled-policies.ts'
import { groups, type ManagedPolicy, policies, type Role, roles, type User, users } from './iam/entities.ts'
import { awsManagedPolicies } from './iam/managed/index.ts'
import type { Caller, Need } from './operation.ts'
import { onceFor, type Store } from './state/store.ts'

/** What bears on every check of one request: the caller's own policies. */
export type CallerPolicies = Pick<PolicySet, 'identity' | 'boundary' | 'session'>

export const policiesOf = (caller: Caller, state: Store): CallerPolicies =>
  onceFor(state, `policies ${caller.kind} ${caller.accessKeyId} ${caller.arn}`, () => collected(caller, state))

const collected = (caller: Caller, state: Store): CallerPolicies => {
  const session = sessionPolicies(caller, state)
  if (caller.name === null) return { identity: [], session }
  const key = [caller.accountId, caller.name.toLowerCase()]
  if (caller.kind === 'role-session') {
    const role = state.get(roles, ...key)
    return role === undefined ? { identity: [], session } : { ...policiesOfEntity(role, state), session }
  }
  const user = state.get(users, ...key)
  if (user === undefined) return { identity: [], session }
  const own = policiesOfEntity(user, state)
  return { ...own, identity: [...own.identity, ...groupPolicies(user, caller.accountId, state)], session }
}

/** The policies that hang on the resource of one check. */
export const policiesOfNeed = (need: Need): Pick<PolicySet, 'resource' | 'trust'> => ({
  resource: (need.resourcePolicies ?? []).map(({ name, text }) => ({ name, policy: compiledPolicy(text, name) })),
  trust: need.trustPolicy
    ? { name: need.trustPolicy.name, policy: compiledPolicy(need.trustPolicy.text, need.trustPolicy.name) }
    : null,
})

type Entity = Pick<Role | User, 'inline' | 'attached' | 'PermissionsBoundary'>

const policiesOfEntity = (entity: Entity, state: Store): Pick<CallerPolicies, 'identity' | 'boundary'> => ({
  identity: entityPolicies(entity, state),
  boundary: entity.PermissionsBoundary === undefined ? null : attachedPolicy(entity.PermissionsBoundary, state),
})

const entityPolicies = ({ inline, attached }: Pick<Entity, 'inline' | 'attached'>, state: Store): AttachedPolicy[] => [
  ...Object.entries(inline).map(([name, text]) => ({ name: `inline:${name}`, policy: compiledPolicy(text, name) })),
  ...attached.map(arn => attachedPolicy(arn, state)),
]

const groupPolicies = (user: User, accountId: string, state: Store): AttachedPolicy[] =>
  user.groups.flatMap(name => {
    const group = state.get(groups, accountId, name)
    return group === undefined ? [] : entityPolicies(group, state)
  })

/** null: none was passed. A federated user without one has an empty set, which allows nothing. */
const sessionPolicies = ({ session }: Caller, state: Store): AttachedPolicy[] | null => {
  if (session === null) return null
  const inline =
    session.policy === null
      ? []
      : [{ name: 'session policy', policy: compiledPolicy(session.policy, 'session policy') }]
  const all = [...inline, ...session.policyArns.map(arn => attachedPolicy(arn, state))]
  return all.length === 0 && session.kind !== 'federated-user' ? null : all
}

/** While changes spread, an attachment may be known before its policy: until then that policy says nothing. */
export const saysNothing = '{"Version":"2012-10-17","Statement":[]}'

const attachedPolicy = (arn: string, state: Store): AttachedPolicy => {
  const policy = managedPolicy(arn, state)
  const document = policy?.versions.find(({ VersionId }) => VersionId === policy.DefaultVersionId)?.Document
  if (policy === undefined || document === undefined)
    return { name: arn.slice(arn.lastIndexOf('/') + 1), arn, policy: compiledPolicy(saysNothing, arn) }
  return { name: policy.PolicyName, arn, policy: compiledPolicy(document, arn) }
}

/** A customer managed policy of any account, or AWS's own. */
export const managedPolicy = (arn: string, state: Store): ManagedPolicy | undefined => {
  const ofAws = awsManagedPolicies.get(arn)
  if (ofAws !== undefined) return ofAws
  const [, account, name] = /^arn:aws:iam::(\d{12}):policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  if (account === undefined || name === undefined) return undefined
  const policy = state.get(policies, account, name.toLowerCase())
  return policy?.Arn === arn ? policy : undefined
}

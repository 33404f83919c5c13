import type { AttachedPolicy, PolicySet, PolicyType } from '../../../policy/index.ts'

/** Layers whose documents hang on something that can be read and edited through IAM, ECR or the call itself. */
export type EditableType =
  | 'identity-based'
  | 'permissions boundary'
  | 'session policy'
  | 'resource-based'
  | 'role trust policy'

const editable: readonly PolicyType[] = [
  ...(['identity-based', 'permissions boundary', 'session policy', 'resource-based', 'role trust policy'] as const),
]

export const isEditable = (type: PolicyType): type is EditableType => editable.includes(type)

const one = (policy: AttachedPolicy | null | undefined): readonly AttachedPolicy[] => (policy ? [policy] : [])

/** The policies of a layer. */
export function policiesIn(set: PolicySet, type: EditableType): readonly AttachedPolicy[] {
  if (type === 'identity-based') return set.identity
  if (type === 'permissions boundary') return one(set.boundary)
  if (type === 'session policy') return set.session ?? []
  return type === 'resource-based' ? (set.resource ?? []) : one(set.trust)
}

/** The set with other policies in a layer; a session without any is a session that none was passed to. */
export function withPolicies(set: PolicySet, type: EditableType, policies: readonly AttachedPolicy[]): PolicySet {
  const [first = null] = policies
  if (type === 'identity-based') return { ...set, identity: policies }
  if (type === 'permissions boundary') return { ...set, boundary: first }
  if (type === 'session policy') return { ...set, session: policies.length === 0 ? null : policies }
  return type === 'resource-based' ? { ...set, resource: policies } : { ...set, trust: first }
}

import { type AttachedPolicy, compilePolicy, validateIdentityPolicy } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { saysNothing } from '../policy-set.ts'
import type { Entity, Group, Role, User } from './entities.ts'
import { group, type Scope } from './holder.ts'
import { findPolicy } from './managed-policy.ts'
import { refuse } from './refuse.ts'

/** A policy of the simulation, with the text in which its statements stand. */
export interface SimulatedPolicy extends AttachedPolicy {
  text: string
}

export const simulatedPolicy = (name: string, text: string, arn?: string): SimulatedPolicy => {
  try {
    return { name, text, policy: compilePolicy(text), ...(arn === undefined ? {} : { arn }) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AwsError('NotImplemented', 501, `the policy ${name} cannot be evaluated by the sandbox: ${reason}`)
  }
}

/** Documents given in the request, named `PolicyInputList.1` and so on. Throws MalformedPolicyDocument. */
export const givenPolicies = (list: readonly string[] | undefined, name: string): SimulatedPolicy[] =>
  (list ?? []).map((text, index) => {
    refuse(validateIdentityPolicy(text, 'inline'))
    return simulatedPolicy(`${name}.${index + 1}`, text)
  })

export const managedPolicy = (scope: Scope, arn: string): SimulatedPolicy => {
  const policy = findPolicy(scope, arn)
  const text = policy?.versions.find(version => version.VersionId === policy.DefaultVersionId)?.Document
  if (policy === undefined || text === undefined)
    return simulatedPolicy(arn.slice(arn.lastIndexOf('/') + 1), saysNothing, arn)
  return simulatedPolicy(policy.PolicyName, text, arn)
}

const ownPolicies = (scope: Scope, { inline, attached }: Entity): SimulatedPolicy[] => [
  ...Object.entries(inline).map(([name, text]) => simulatedPolicy(name, text)),
  ...attached.map(arn => managedPolicy(scope, arn)),
]

/** Inline and attached policies of the entity; a user's groups' too. */
export const policiesOfEntity = (scope: Scope, entity: User | Role | Group): SimulatedPolicy[] => [
  ...ownPolicies(scope, entity),
  ...('groups' in entity ? entity.groups.flatMap(name => ownPolicies(scope, group.named(scope, name))) : []),
]

import type { Need } from '../operation.ts'
import { arnResource } from './arn-resource.ts'
import { type ManagedPolicy, policies } from './entities.ts'
import type { Scope } from './holder.ts'
import { awsManagedPolicies } from './managed/index.ts'
import { outsideAccount } from './policy-errors.ts'
import { resourceTagContext } from './tags.ts'

export const policyArn = ({ caller }: Scope, path: string, name: string): string =>
  `arn:aws:iam::${caller.accountId}:policy${path}${name}`

export const isPolicyArn = (text: string): boolean => /^arn:[^:]*:iam::[^:]*:policy\/.+$/.test(text)

export const isAwsManaged = (arn: string): boolean => /^arn:[^:]*:iam::aws:/.test(arn)

/** The customer managed policy of this ARN in the caller's account, or AWS's own. */
export const findPolicy = ({ state, caller }: Scope, arn: string): ManagedPolicy | undefined => {
  if (isAwsManaged(arn)) return awsManagedPolicies.get(arn)
  const name = arn.slice(arn.lastIndexOf('/') + 1).toLowerCase()
  // The model sets no pattern for ARNs: only a name that a policy can have may become a key.
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) return undefined
  const policy = state.get(policies, caller.accountId, name)
  return policy?.Arn === arn ? policy : undefined
}

/** The policy, to be changed. `verb` completes AWS's refusal: `Cannot <verb> outside your own account.` */
export const ownPolicy = (scope: Scope, arn: string, verb: string, missing: Error): ManagedPolicy => {
  if (isAwsManaged(arn)) throw outsideAccount(verb)
  const policy = findPolicy(scope, arn)
  if (policy === undefined) throw missing
  return policy
}

export const savePolicy = ({ state, caller }: Scope, policy: ManagedPolicy): void =>
  state.put(policies, policy, caller.accountId, policy.PolicyName.toLowerCase())

export const policyNeeds = (scope: Scope, action: string, arn: string, context: Need['context'] = {}): Need[] => [
  {
    action,
    resource: arnResource(arn),
    printed: `policy ${arn}`,
    resourceAccount: scope.caller.accountId,
    context: { ...resourceTagContext(findPolicy(scope, arn)?.Tags ?? []), ...context },
  },
]

import { defineOperation } from '../operation.ts'
import { type ManagedPolicy, policies } from './entities.ts'
import type { Scope } from './holder.ts'
import { awsManagedPolicies } from './managed/index.ts'
import { type PageInput, pageOfSorted, underPath } from './pagination.ts'
import { listedPolicy } from './policy-output.ts'

interface Input extends PageInput {
  Scope?: 'All' | 'AWS' | 'Local'
  OnlyAttached?: boolean
  PathPrefix?: string
  PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary'
}

const known = ({ state, caller }: Scope, which: Input['Scope'] = 'All'): ManagedPolicy[] => [
  ...(which === 'AWS' ? [] : Array.from(state.list(policies, [caller.accountId]), ({ value }) => value)),
  ...(which === 'Local' ? [] : awsManagedPolicies.values()),
]

export const ListPolicies = defineOperation<Input>({
  effect: 'reads',
  needs: ({ input }) => [
    { action: 'iam:ListPolicies', resource: '*', printed: `policy path ${input.PathPrefix ?? '/'}` },
  ],
  handle(call) {
    const { input } = call
    const wanted = known(call, input.Scope)
      .filter(underPath(input.PathPrefix))
      .map(policy => listedPolicy(call, policy))
      .filter(policy => !input.OnlyAttached || policy.AttachmentCount + policy.PermissionsBoundaryUsageCount > 0)
      .filter(policy => input.PolicyUsageFilter !== 'PermissionsPolicy' || policy.AttachmentCount > 0)
      .filter(policy => input.PolicyUsageFilter !== 'PermissionsBoundary' || policy.PermissionsBoundaryUsageCount > 0)
    const { items, rest } = pageOfSorted(wanted, input, policy => `${policy.PolicyName.toLowerCase()} ${policy.Arn}`)
    return { Policies: items, ...rest }
  },
})

import type { Denial } from '../../assertions/index.ts'
import type { Target } from '../aws/target.ts'

/** What an organization's policies refuse, nobody inside the account can allow. On the sandbox there is no other place to go to. */
export const organizationMustAllow = (what: string, { name }: Pick<Target, 'name'>): string =>
  `who administers the organization must allow ${what}${name === 'aws' ? '; meanwhile run on the sandbox: --target sandbox' : ''}`

/** What the caller's own policies do not allow. */
export const allowToCaller = (what: string, who: string): string =>
  `allow ${what} to ${who}: lab permissions prints a policy`

/** A refusal in the words of its mend. */
interface Refusal {
  /** What was refused; `it` where AWS does not say. */
  action: string
  /** `ecr:ListImages on arn:...`. */
  what: string
  /** ARN of who was refused. */
  who: string
  /** What was asked for, likewise. */
  resource: string
  /** The policy's kind with its ARN, as far as AWS names them. */
  policy: string
  explicit: boolean
  target: Pick<Target, 'name'>
}

/**
 * Who must change what so that a refusal ends which the lab does not mean: what is blocked is mended by whoever holds the policy that refuses,
 * and not by who wrote the answer.
 */
export function whoMustAllow(
  { action, resource, principal, decision, policyType, policyArn }: Denial,
  { name, caller }: Pick<Target, 'name' | 'caller'>,
): string {
  const refusal: Refusal = {
    action: action ?? 'it',
    what: `${action ?? 'it'}${resource === null || resource === '*' ? '' : ` on ${resource}`}`,
    who: principal ?? caller.arn,
    resource: resource ?? 'it',
    policy: `${policyType?.replace(/-based$/, '-based policy') ?? 'policy'}${policyArn === null ? '' : ` ${policyArn}`}`,
    explicit: decision === 'explicitDeny',
    target: { name },
  }
  const unsaid = policyType === null && action?.startsWith('sts:AssumeRole') ? byEither : byCaller
  return (mends[policyType ?? ''] ?? unsaid)(refusal)
}

const byOrganization = ({ what, policy, target }: Refusal): string =>
  organizationMustAllow(`${what}, which a ${policy} refuses`, target)

const byCaller = ({ what, who, policy, explicit }: Refusal): string =>
  explicit
    ? `a statement denies ${what} to ${who}: whoever keeps that ${policy} must take it out`
    : allowToCaller(what, who)

const byResource = ({ action, who, resource, policy }: Refusal): string =>
  `whoever keeps the ${policy} of ${resource} must let ${who} do ${action}`

/** STS does not say which of the two refuses. */
const byEither = ({ what, who }: Refusal): string =>
  `allow ${what} to ${who}, in what ${who} may do or in the trust policy of the role: AWS does not say which refuses`

const byHolder =
  (holder: string) =>
  ({ what, who, policy }: Refusal): string =>
    `${holder} must allow ${what} to ${who} in its ${policy}`

const mends: Readonly<Record<string, (refusal: Refusal) => string>> = {
  'service control policy': byOrganization,
  'resource control policy': byOrganization,
  'resource-based': byResource,
  'role trust policy': byResource,
  'permissions boundary': byHolder('whoever administers the account'),
  'session policy': byHolder('whoever opened the session'),
  'VPC endpoint policy': byHolder('whoever runs the VPC endpoint'),
}

import type { Decision, PolicyType } from '../policy/index.ts'
import type { Caller, Need } from './operation.ts'

/** How AWS's sentence names a policy type after `because no` and after `with an explicit deny in`. */
const words: Readonly<Record<PolicyType, { implicit: string; explicit: string }>> = {
  'identity-based': { implicit: 'identity-based policy', explicit: 'an identity-based policy' },
  'resource-based': { implicit: 'resource-based policy', explicit: 'a resource-based policy' },
  'permissions boundary': { implicit: 'permissions boundary', explicit: 'a permissions boundary' },
  'session policy': { implicit: 'session policy', explicit: 'a session policy' },
  'service control policy': { implicit: 'service control policy', explicit: 'a service control policy' },
  'resource control policy': { implicit: 'resource control policy', explicit: 'a resource control policy' },
  'VPC endpoint policy': { implicit: 'VPC endpoint policy', explicit: 'a VPC endpoint policy' },
  'role trust policy': { implicit: 'role trust policy', explicit: 'the role trust policy' },
}

/** STS gives no reason for these, whatever decided (live STS, July 2026). */
const withoutReason = /^sts:(AssumeRole|TagSession$|SetSourceIdentity$)/

/**
 * AWS's sentence for a refused check.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const denialText = ({ kind, arn }: Pick<Caller, 'kind' | 'arn'>, need: Need, decision: Decision): string => {
  // Nobody is named who has no name in AWS (pasted answers).
  if (kind === 'web-identity') return `Not authorized to perform ${need.action}`
  const printed = need.printed ?? need.resource
  const where = printed === '' ? '' : ` on resource: ${printed}`
  // The one action whose sentence lacks the colon (recorded answer).
  const colon = need.action === 'iam:GetAccessKeyLastUsed' ? '' : ':'
  return `User: ${arn} is not authorized to perform${colon} ${need.action}${where}${reason(need.action, decision)}`
}

const reason = (action: string, { decision, policyType, deciding }: Decision): string => {
  if (policyType === null || withoutReason.test(action)) return ''
  const { implicit, explicit } = words[policyType]
  if (decision === 'implicitDeny') return ` because no ${implicit} allows the ${action} action`
  return ` with an explicit deny in ${explicit}${policyArn(policyType, deciding[0]?.policyArn)}`
}

/** Since 2026 an explicit deny ends with the ARN of a managed policy; never of a resource's or a trust policy. */
const policyArn = (policyType: PolicyType, arn: string | undefined): string =>
  arn === undefined || policyType === 'resource-based' || policyType === 'role trust policy' ? '' : `: ${arn}`

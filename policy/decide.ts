import { callerOf } from './caller.ts'
import { combine } from './combine.ts'
import { contextOf } from './context.ts'
import type { AccessRequest, Decision, LayerVerdict, PolicySet, PolicyType, StatementVerdict } from './decision.ts'
import { type Finding, type Findings, findingsOf, type Placed } from './findings.ts'
import { isObject } from './json.ts'
import { explicitOrder, nameExplicit, nameImplicit } from './naming.ts'
import { PolicyError, shown } from './policy-error.ts'
import { isBeyondCredentials } from './rules/credentials.ts'
import { ruleOf } from './rules/rules.ts'
import type { Subject } from './statement.ts'

/** Callers without types are told what is wrong, as those with types are by the compiler. */
function refuseShapeless(request: unknown, policies: unknown): void {
  if (!isObject(request))
    throw new PolicyError('InvalidRequest', `expected an object as request, found ${shown(request)}`)
  if (!isObject(policies))
    throw new PolicyError('InvalidRequest', `expected an object as policy set, found ${shown(policies)}`)
  const { identity, session, resource, scps, rcps } = policies
  if (!Array.isArray(identity))
    throw new PolicyError('InvalidRequest', `expected a list as identity policies, found ${shown(identity)}`)
  for (const list of [session, resource, scps, rcps, ...lists(scps), ...lists(rcps)]) {
    if (list !== undefined && list !== null && !Array.isArray(list)) {
      throw new PolicyError('InvalidRequest', `expected a list of policies, found ${shown(list)}`)
    }
  }
}

const lists = (levels: unknown): readonly unknown[] => (Array.isArray(levels) ? levels : [])

/** @throws PolicyError `InvalidRequest` */
export function subjectOf(request: AccessRequest, policies: PolicySet): Subject {
  refuseShapeless(request, policies)
  const { action, resource, resourceAccount } = request
  if (typeof action !== 'string' || !/^[^:*?\s]+:[^:*?\s]+$/.test(action)) {
    throw new PolicyError('InvalidRequest', `expected an action like \`ecr:ListImages\`, found ${shown(action)}`)
  }
  if (typeof resource !== 'string' || (resource !== '*' && !resource.startsWith('arn:'))) {
    throw new PolicyError('InvalidRequest', `expected an ARN or \`*\` as resource, found ${shown(resource)}`)
  }
  if (typeof resourceAccount !== 'string') {
    throw new PolicyError(
      'InvalidRequest',
      `expected an account id as resourceAccount, found ${shown(resourceAccount)}`,
    )
  }
  const caller = callerOf(request)
  return {
    caller,
    action: action.toLowerCase(),
    resource,
    context: contextOf(request, caller),
    hasBoundary: Boolean(policies.boundary),
  }
}

export const verdictOf = (
  { policy, statement }: Placed,
  policyType: PolicyType,
  matched: boolean,
): StatementVerdict => ({
  policyType,
  policy: policy.name,
  ...(policy.arn === undefined ? {} : { policyArn: policy.arn }),
  index: statement.index,
  ...(statement.sid === undefined ? {} : { sid: statement.sid }),
  effect: statement.effect,
  matched,
})

function says({ applies, denies, allowed }: Finding): LayerVerdict['verdict'] {
  if (!applies) return 'notApplicable'
  return denies.length > 0 ? 'denies' : allowed ? 'allows' : 'silent'
}

function layersOf(findings: Findings, isRoot: boolean): LayerVerdict[] {
  return explicitOrder.map(policyType => {
    const verdict = says(findings[policyType])
    // RCPFullAWSAccess is always attached, and a root user has everything its account has.
    const always = policyType === 'resource control policy' || (policyType === 'identity-based' && isRoot)
    return { policyType, verdict: verdict === 'silent' && always ? 'allows' : verdict }
  })
}

/** On `*` an action has no resource of its own: it belongs to the caller's account. */
const isSameAccount = ({ caller: { account }, resource }: Subject, { resourceAccount }: AccessRequest): boolean =>
  resource === '*' || account === resourceAccount

/**
 * Decides one authorization check as AWS does.
 * @throws PolicyError for a request or a policy set that cannot be evaluated
 */
export function decide(request: AccessRequest, policies: PolicySet): Decision {
  const subject = subjectOf(request, policies)
  const rule = ruleOf(subject.action)
  const findings = findingsOf(subject, policies, rule)
  const layers = layersOf(findings, subject.caller.kind === 'root')
  if (isBeyondCredentials(subject))
    return { decision: 'implicitDeny', policyType: null, deciding: [], layers, sure: true }
  if (rule.always?.(subject)) return { decision: 'allowed', policyType: null, deciding: [], layers, sure: true }
  const explicit = nameExplicit(findings)
  if (explicit !== null) {
    const { policyType, finding, sure } = explicit
    const deciding = finding.denies.map(placed => verdictOf(placed, policyType, true))
    return { decision: 'explicitDeny', policyType, deciding, layers, sure }
  }
  const { granting, missing } = combine(subject, findings, rule, isSameAccount(subject, request))
  const implicit = nameImplicit(missing)
  if (implicit !== null) return { decision: 'implicitDeny', ...implicit, deciding: [], layers }
  const deciding = granting.flatMap(type => findings[type].allows.map(placed => verdictOf(placed, type, true)))
  return { decision: 'allowed', policyType: null, deciding, layers, sure: true }
}

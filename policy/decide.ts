import type { Assumption } from './assumption.ts'
import { callerOf } from './caller.ts'
import { combine } from './combine.ts'
import { contextOf } from './context.ts'
import type { AccessRequest, Decision, LayerVerdict, PolicySet, PolicyType, StatementVerdict } from './decision.ts'
import { type Findings, findingsOf, type Placed } from './findings.ts'
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
  refuseUnlisted(policies.identity, true)
  refuseUnlisted(policies.session)
  refuseUnlisted(policies.resource)
  refuseUnlisted(policies.scps)
  refuseUnlisted(policies.rcps)
  for (const level of (policies.scps as readonly unknown[] | null | undefined) ?? []) refuseUnlisted(level, true)
  for (const level of (policies.rcps as readonly unknown[] | null | undefined) ?? []) refuseUnlisted(level, true)
}

function refuseUnlisted(list: unknown, required = false): void {
  if (Array.isArray(list) || (!required && (list === undefined || list === null))) return
  throw new PolicyError('InvalidRequest', `expected a list of policies, found ${shown(list)}`)
}

/** @throws PolicyError `InvalidRequest` */
export function subjectOf(request: AccessRequest, policies: PolicySet, assumption: Assumption | null = null): Subject {
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
    assumption,
  }
}

export function verdictOf({ policy, statement }: Placed, policyType: PolicyType, matched: boolean): StatementVerdict {
  const { index, sid, effect } = statement
  const verdict: StatementVerdict = { policyType, policy: policy.name, index, effect, matched }
  if (policy.arn !== undefined) verdict.policyArn = policy.arn
  if (sid !== undefined) verdict.sid = sid
  return verdict
}

type Verdict = LayerVerdict['verdict']

/** Every layer verdict there can be, made once: a decision has eight of them. */
const layerVerdicts = new Map(
  explicitOrder.map(policyType => {
    const say = (verdict: Verdict): LayerVerdict => Object.freeze({ policyType, verdict })
    const [allows, denies, silent, notApplicable] = [say('allows'), say('denies'), say('silent'), say('notApplicable')]
    return [policyType, { allows, denies, silent, notApplicable }]
  }),
)

function layersOf(findings: Findings, isRoot: boolean): LayerVerdict[] {
  const layers: LayerVerdict[] = []
  for (const [policyType, says] of layerVerdicts) {
    const { applies, denies, allowed } = findings[policyType]
    // RCPFullAWSAccess is always attached, and a root user has everything its account has.
    const always = policyType === 'resource control policy' || (isRoot && policyType === 'identity-based')
    if (!applies) layers.push(says.notApplicable)
    else if (denies.length > 0) layers.push(says.denies)
    else layers.push(allowed || always ? says.allows : says.silent)
  }
  return layers
}

/** On `*` an action has no resource of its own: it belongs to the caller's account. */
const isSameAccount = ({ caller: { account }, resource }: Subject, { resourceAccount }: AccessRequest): boolean =>
  resource === '*' || account === resourceAccount

/**
 * Decides one authorization check as AWS does.
 * @throws PolicyError for a request or a policy set that cannot be evaluated
 */
export const decide = (request: AccessRequest, policies: PolicySet): Decision => decideAssuming(request, policies, null)

/** The same, where some condition keys are not known: see decideBothWays. */
export function decideAssuming(request: AccessRequest, policies: PolicySet, assumption: Assumption | null): Decision {
  const subject = subjectOf(request, policies, assumption)
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

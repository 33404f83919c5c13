import { isOutside } from './caller.ts'
import type { PolicyType } from './decision.ts'
import type { Findings } from './findings.ts'
import { coverage } from './principal-entries.ts'
import type { ActionRule } from './rules/action-rule.ts'
import type { Subject } from './statement.ts'

/** Which allows a request needs, and which of them are missing. */
export interface Need {
  /** Policy types whose Allow carried the request. */
  readonly granting: PolicyType[]
  readonly missing: PolicyType[]
}

interface Case {
  readonly subject: Subject
  readonly findings: Findings
  readonly rule: ActionRule
  readonly sameAccount: boolean
}

function need({ granting, missing }: Need, policyType: PolicyType, allowed: boolean): void {
  const list = allowed ? granting : missing
  list.push(policyType)
}

function needIfPresent(to: Need, policyType: PolicyType, { [policyType]: finding }: Findings): void {
  if (finding.applies) need(to, policyType, finding.allowed)
}

const identityAllows = ({ subject, findings }: Case): boolean =>
  subject.caller.kind === 'root' || findings['identity-based'].allows.length > 0

/** The caller's account's side as a whole. */
function needCallersSide(to: Need, of: Case): void {
  need(to, 'identity-based', identityAllows(of))
  needIfPresent(to, 'permissions boundary', of.findings)
  needIfPresent(to, 'session policy', of.findings)
}

/** A role's trust policy. The boundary must allow sts:AssumeRole even if the trust policy names the user (IAM User Guide, id_roles_update-role-trust-policy). */
function needTrust(to: Need, of: Case): void {
  const { findings, sameAccount, rule, subject } = of
  const named = findings['role trust policy'].coverage
  const bothSides = !sameAccount || (rule.trust === 'chained' && subject.caller.kind !== 'user')
  if (bothSides) {
    need(to, 'role trust policy', named > coverage.none)
    needCallersSide(to, of)
    return
  }
  if (rule.trust === 'gate' || named >= coverage.entity) need(to, 'role trust policy', named > coverage.none)
  if (named < coverage.entity) need(to, 'identity-based', identityAllows(of))
  needIfPresent(to, 'permissions boundary', findings)
  if (named < coverage.direct) needIfPresent(to, 'session policy', findings)
}

function needResource(to: Need, of: Case): void {
  const { findings, rule, sameAccount } = of
  const named = rule.identityOnly ? coverage.none : findings['resource-based'].coverage
  if (!sameAccount) {
    need(to, 'resource-based', named > coverage.none)
    needCallersSide(to, of)
    return
  }
  if (named >= coverage.entity) need(to, 'resource-based', true)
  if (named === coverage.direct) return
  if (named < coverage.entity) need(to, 'identity-based', identityAllows(of))
  needIfPresent(to, 'permissions boundary', findings)
  needIfPresent(to, 'session policy', findings)
}

/**
 * Steps 2 to 5 of AWS's evaluation: the allows that this request needs. Explicit denies are not its business.
 * Source: IAM User Guide, reference_policies_evaluation-logic_policy-eval-denyallow and its cross-account page.
 */
export function combine(subject: Subject, findings: Findings, rule: ActionRule, sameAccount: boolean): Need {
  const to: Need = { granting: [], missing: [] }
  needIfPresent(to, 'service control policy', findings)
  needIfPresent(to, 'VPC endpoint policy', findings)
  const of = { subject, findings, rule, sameAccount }
  if (rule.trust === 'alone' || (isOutside(subject.caller) && rule.trust)) {
    need(to, 'role trust policy', findings['role trust policy'].coverage > coverage.none)
  } else if (isOutside(subject.caller)) {
    need(to, 'resource-based', !rule.identityOnly && findings['resource-based'].coverage > coverage.none)
  } else if (rule.trust) needTrust(to, of)
  else needResource(to, of)
  return to
}

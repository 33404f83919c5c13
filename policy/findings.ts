import { isOutside, isServiceLinked } from './caller.ts'
import { documentOf, type PolicyDocument } from './compile.ts'
import type { AttachedPolicy, PolicySet, PolicyType } from './decision.ts'
import { matchAssuming } from './match-assuming.ts'
import { PolicyError, shown } from './policy-error.ts'
import { type Coverage, coverage } from './principal-entries.ts'
import type { ActionRule } from './rules/action-rule.ts'
import { bindsRcp } from './rules/rcp-services.ts'
import { matchStatement, type Statement, type Subject } from './statement.ts'

/** A statement with the policy it stands in. */
export interface Placed {
  readonly policy: AttachedPolicy
  readonly statement: Statement
}

/** What the policies of one type say to one request. */
export interface Finding {
  /** false: there is none of the type, or it does not bind this caller, action or resource. */
  readonly applies: boolean
  readonly denies: readonly Placed[]
  readonly allows: readonly Placed[]
  /** The best way in which an Allow names the caller. */
  readonly coverage: Coverage
  /** Every level has an Allow (levels: SCPs only; the others are one level). */
  readonly allowed: boolean
}

export type Findings = Readonly<Record<PolicyType, Finding>>

const absent: Finding = { applies: false, denies: [], allows: [], coverage: coverage.none, allowed: false }
/** Present, without a say: a federated user who passed no session policy. */
const silent: Finding = { ...absent, applies: true }
const noPolicies: readonly AttachedPolicy[] = []

/** Identity-like policies speak of their holder's own requests: every statement has resources and none has principals. */
function refuseMisplaced(document: PolicyDocument, policyType: PolicyType, { name }: AttachedPolicy): void {
  if (policyType === 'resource control policy' || policyType === 'VPC endpoint policy') return
  if (policyType === 'resource-based' || policyType === 'role trust policy') {
    if (!document.lacksPrincipal) return
    throw new PolicyError(
      'MissingElement',
      `expected a Principal in every statement of a ${policyType} policy, found none in ${shown(name)}`,
    )
  }
  if (document.hasPrincipal) {
    throw new PolicyError(
      'MisplacedElement',
      `expected no Principal in a policy used as ${policyType}, found one in ${shown(name)}`,
    )
  }
  if (document.lacksResource) {
    throw new PolicyError(
      'MissingElement',
      `expected Resource or NotResource in a policy used as ${policyType}, found neither in ${shown(name)}`,
    )
  }
}

function find(policyType: PolicyType, levels: readonly (readonly AttachedPolicy[])[], subject: Subject): Finding {
  const { assumption } = subject
  const denies: Placed[] = []
  const allows: Placed[] = []
  let best: Coverage = coverage.none
  let allowed = true
  for (const level of levels) {
    const before = allows.length
    for (const policy of level) {
      const document = documentOf(policy)
      refuseMisplaced(document, policyType, policy)
      for (const statement of document.statements) {
        const covered =
          assumption === null ? matchStatement(statement, subject) : matchAssuming(statement, subject, assumption)
        if (covered === coverage.none) continue
        if (statement.effect === 'Deny') denies.push({ policy, statement })
        else {
          allows.push({ policy, statement })
          if (covered > best) best = covered
        }
      }
    }
    if (allows.length === before) allowed = false
  }
  return { applies: true, denies, allows, coverage: best, allowed }
}

/** What is passed binds, whatever the caller's kind; nothing passed has no say. */
const ifPassed = (
  policyType: PolicyType,
  policies: readonly AttachedPolicy[] | null | undefined,
  subject: Subject,
): Finding => (policies ? find(policyType, [policies], subject) : absent)

/** Asks every policy type. */
export function findingsOf(subject: Subject, policies: PolicySet, rule: ActionRule): Findings {
  const { boundary, session, resource = noPolicies, trust, scps, rcps, vpcEndpoint } = policies
  const outside = isOutside(subject.caller)
  const exempt = isServiceLinked(subject.caller)
  const one = (policy: AttachedPolicy | null | undefined) => (policy ? [policy] : null)
  const noSession = subject.caller.kind === 'federated-user' ? silent : absent
  return {
    'service control policy':
      scps && scps.length > 0 && !outside && !exempt ? find('service control policy', scps, subject) : absent,
    'resource control policy':
      rcps && rcps.length > 0 && !exempt && bindsRcp(subject.action)
        ? find('resource control policy', rcps, subject)
        : absent,
    'VPC endpoint policy': ifPassed('VPC endpoint policy', one(vpcEndpoint), subject),
    'resource-based': ifPassed('resource-based', resource.length > 0 ? resource : null, subject),
    'role trust policy': rule.trust ? ifPassed('role trust policy', one(trust), subject) : absent,
    'identity-based': outside ? absent : find('identity-based', [policies.identity], subject),
    'permissions boundary': outside ? absent : ifPassed('permissions boundary', one(boundary), subject),
    'session policy': outside ? absent : session ? find('session policy', [session], subject) : noSession,
  }
}

/** The policies of a set by type, in the order in which denies are named: for explanations. */
export function policiesOf(policies: PolicySet): readonly (readonly [PolicyType, readonly AttachedPolicy[]])[] {
  const { identity, boundary, session, resource, trust, scps, rcps, vpcEndpoint } = policies
  return [
    ['service control policy', (scps ?? []).flat()],
    ['resource control policy', (rcps ?? []).flat()],
    ['resource-based', resource ?? noPolicies],
    ['role trust policy', trust ? [trust] : noPolicies],
    ['identity-based', identity],
    ['permissions boundary', boundary ? [boundary] : noPolicies],
    ['session policy', session ?? noPolicies],
    ['VPC endpoint policy', vpcEndpoint ? [vpcEndpoint] : noPolicies],
  ]
}

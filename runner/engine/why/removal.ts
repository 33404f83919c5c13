import type { AccessRequest, StatementVerdict } from '../../../policy/index.ts'
import type { DocumentEdit, Situation } from './edit.ts'
import { isEditable, policiesIn } from './layers.ts'
import { trustStatement } from './new-statement.ts'
import { newDocument, type StatementJson, statementsOf, withoutValue, withStatements } from './statement-json.ts'

/**
 * Keeps a statement from matching a request: takes the action, or the resource, out of its list where it is one of several there, else takes
 * the statement out of its policy.
 *
 * @returns null where the policy is not one that can be edited
 */
export function withoutStatement({ request, policies }: Situation, verdict: StatementVerdict): DocumentEdit | null {
  const { policyType, policy, policyArn = null, index } = verdict
  if (!isEditable(policyType)) return null
  const attached = policiesIn(policies, policyType).find(
    each => each.name === policy && (each.arn ?? null) === policyArn,
  )
  if (attached?.text === undefined) return null
  const statements = statementsOf(attached.text)
  const before = statements[index]
  if (before === undefined) return null
  const base = { edit: 'document', policyType, policy, policyArn, index, before } as const
  // What AWS maintains cannot be edited: it can be detached.
  if (policyArn?.includes(':iam::aws:')) return { ...base, ...whole, kind: 'remove', document: null }
  const narrow = narrowed(before, request)
  if (narrow)
    return {
      ...base,
      kind: 'narrow',
      ...narrow,
      document: withStatements(attached.text, statements.with(index, narrow.after)),
    }
  const left = statements.filter((_, at) => at !== index)
  if (left.length > 0) return { ...base, ...whole, kind: 'remove', document: withStatements(attached.text, left) }
  // A role always has a trust policy: what denied, or allowed, the caller gives way to its contrary.
  if (policyType !== 'role trust policy') return { ...base, ...whole, kind: 'remove', document: null }
  const after = trustStatement(request, verdict.effect === 'Deny' ? 'Allow' : 'Deny')
  return { ...base, ...whole, kind: 'remove', after, document: newDocument(after) }
}

const whole = { element: null, value: null, after: null } as const

/** The smallest of the lists that name this request and more: of callers, of actions, of resources. */
function narrowed(
  statement: StatementJson,
  request: AccessRequest,
): { element: string; value: string; after: StatementJson } | null {
  const { action, resource, principal, issuerArn } = request
  const { Principal: present } = statement
  if (typeof present === 'object' && present !== null)
    for (const value of [principal, issuerArn ?? principal]) {
      const Principal = withoutValue(present as StatementJson, 'AWS', value)
      if (Principal) return { element: 'Principal', value, after: { ...statement, Principal } }
    }
  for (const [element, value] of [
    ['Action', action],
    ['Resource', resource],
  ] as const) {
    const after = withoutValue(statement, element, value)
    if (after) return { element, value, after }
  }
  return null
}

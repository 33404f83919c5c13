import type { AccessRequest, ContextValue, PolicySet } from '../../../policy/index.ts'
import { policyOf } from '../read-policies.ts'
import { type EditableType, policiesIn, withPolicies } from './layers.ts'
import type { StatementJson } from './statement-json.ts'

/** One check, with everything that bears on it. */
export interface Situation {
  request: AccessRequest
  policies: PolicySet
}

/** A change of one policy document. */
export interface DocumentEdit {
  edit: 'document'
  /** add, remove: a statement. widen, narrow: a value of a statement. create: a policy where there was none. */
  kind: 'add' | 'remove' | 'widen' | 'narrow' | 'create'
  policyType: EditableType
  policy: string
  policyArn: string | null
  /** Position of the statement, from 0; null: a new one. */
  index: number | null
  /** Of widen and narrow: the element and the value put in or taken out. */
  element: string | null
  value: string | null
  /** As it was, and as it is to be. */
  before: StatementJson | null
  after: StatementJson | null
  /** The whole document afterwards; null: the policy is taken away, because nothing would be left in it. */
  document: string | null
}

/** A condition key that the call, or a tag, is to bring. */
export interface ContextEdit {
  edit: 'context'
  key: string
  value: string
}

export type Edit = DocumentEdit | ContextEdit

/** The situation after an edit. Throws PolicyError when the edited document cannot be evaluated. */
export function applied({ request, policies }: Situation, edit: Edit): Situation {
  if (edit.edit === 'context') {
    const context: Record<string, ContextValue> = { ...request.context, [edit.key]: edit.value }
    return { request: { ...request, context }, policies }
  }
  const { policyType, policy: name, policyArn, document, kind } = edit
  const present = policiesIn(policies, policyType)
  const made =
    document === null ? [] : [{ ...policyOf(name, document), ...(policyArn === null ? {} : { arn: policyArn }) }]
  const after = kind === 'create' ? [...present, ...made] : present.flatMap(each => (isOf(each, edit) ? made : [each]))
  return { request, policies: withPolicies(policies, policyType, after) }
}

const isOf = (attached: { name: string; arn?: string | undefined }, { policy, policyArn }: DocumentEdit): boolean =>
  attached.name === policy && (attached.arn ?? null) === policyArn

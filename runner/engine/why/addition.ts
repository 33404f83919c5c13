import type { AttachedPolicy, StatementVerdict } from '../../../policy/index.ts'
import type { DocumentEdit, Situation } from './edit.ts'
import { type EditableType, policiesIn } from './layers.ts'
import { principalOf, statementFor } from './new-statement.ts'
import { listOf, newDocument, type StatementJson, statementsOf, withStatements, withValue } from './statement-json.ts'

/** Policies of a layer that the account itself can edit, with their documents. */
const editableIn = ({ policies }: Situation, type: EditableType): (AttachedPolicy & { text: string })[] =>
  policiesIn(policies, type).flatMap(each =>
    each.text === undefined || each.arn?.includes(':iam::aws:') || each.name === 'registry policy'
      ? []
      : [{ ...each, text: each.text }],
  )

const base = (type: EditableType, { name, arn }: Pick<AttachedPolicy, 'name' | 'arn'>) =>
  ({ edit: 'document', policyType: type, policy: name, policyArn: arn ?? null }) as const

/**
 * Puts what an Allow lacks into its list, where that grants nothing else: the action into a statement about this one resource, the resource into
 * a statement about this one action, the principal likewise.
 */
export function widenings(
  situation: Situation,
  type: EditableType,
  verdicts: readonly StatementVerdict[],
): DocumentEdit[] {
  return verdicts.flatMap(({ policyType, policy, policyArn, index, effect, mismatch }) => {
    if (policyType !== type || effect !== 'Allow' || !mismatch) return []
    const attached = editableIn(situation, type).find(each => each.name === policy && each.arn === policyArn)
    if (!attached) return []
    const statements = statementsOf(attached.text)
    const before = statements[index]
    const wider = before && widened(before, mismatch.element, situation, type)
    if (!wider) return []
    const document = withStatements(attached.text, statements.with(index, wider.after))
    return [{ ...base(type, attached), kind: 'widen', index, before, ...wider, document }]
  })
}

const only = (values: unknown[], value: string) => values.length === 1 && values[0] === value

function widened(
  statement: StatementJson,
  element: string,
  { request }: Situation,
  type: EditableType,
): { element: string; value: string; after: StatementJson } | null {
  const { action, resource } = request
  const hasResource = type !== 'role trust policy' && type !== 'resource-based'
  const resources = listOf(statement.Resource)
  if (element === 'Action' && (!hasResource || only(resources, resource)))
    return { element, value: action, after: withValue(statement, 'Action', action) }
  const exactAction = only(
    listOf(statement.Action).map(each => String(each).toLowerCase()),
    action.toLowerCase(),
  )
  if (!exactAction) return null
  if (element === 'Resource') return { element, value: resource, after: withValue(statement, 'Resource', resource) }
  const named = principalOf(request)
  const { Principal: present } = statement
  if (element !== 'Principal' || named.AWS === undefined || typeof present !== 'object' || present === null) return null
  const after = { ...statement, Principal: withValue(present as StatementJson, 'AWS', named.AWS) }
  return { element, value: named.AWS, after }
}

/** A statement for exactly this request, put into each policy of the layer that can be edited. */
export const additions = (situation: Situation, type: EditableType, effect: 'Allow' | 'Deny'): DocumentEdit[] =>
  editableIn(situation, type).map(attached => {
    const after = statementFor(type, situation.request, effect)
    const statements = [...statementsOf(attached.text), after]
    const document = withStatements(attached.text, statements)
    return {
      ...base(type, attached),
      kind: 'add',
      index: null,
      element: null,
      value: null,
      before: null,
      after,
      document,
    }
  })

/** A policy where the layer has none that can be edited. A boundary, a session policy or a trust policy that is not there cannot refuse. */
export function creation({ request }: Situation, type: EditableType, effect: 'Allow' | 'Deny'): DocumentEdit | null {
  const repository = /^arn:[^:]*:ecr:[^:]*:[^:]*:repository\/(.+)$/.exec(request.resource)?.[1]
  const name =
    type === 'identity-based'
      ? 'inline:lab-why'
      : type === 'resource-based' && repository
        ? `repository policy of ${repository}`
        : null
  if (name === null) return null
  const after = statementFor(type, request, effect)
  return {
    ...base(type, { name }),
    ...{ kind: 'create', index: null, element: null, value: null, before: null, after, document: newDocument(after) },
  }
}

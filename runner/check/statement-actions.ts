import { compileAction, compileGlob, toPieces } from '../../policy/index.ts'
import type { CheckedStatement } from './checked-document.ts'
import type { ActionTable, IamAction } from './iam/action-table.ts'

export const hasWildcard = (text: string): boolean => /[*?]/.test(text)

/** `ecr` of `ecr:List*`; null of `*` and of what names no service. */
export const serviceOf = (action: string): string | null => {
  const at = action.indexOf(':')
  return at < 1 || hasWildcard(action.slice(0, at)) ? null : action.slice(0, at).toLowerCase()
}

/** The known actions that an action of a policy stands for; null: of a service that is not known in detail, or of all. */
export function actionsFor(pattern: string, iam: ActionTable): IamAction[] | null {
  const service = serviceOf(pattern)
  const all = service === null ? null : iam.actionsOf(service)
  if (all === null) return null
  return [...all.values()].filter(({ name }) => actionMatches(pattern, name))
}

/** true: the action of a policy stands for this one. What is no action stands for none: that IAM refuses it is told elsewhere. */
export function actionMatches(pattern: string, action: string): boolean {
  if (!/^(\*+|[^:]+:[^:]+)$/.test(pattern)) return false
  return compileAction(pattern, '').matches(action.toLowerCase())
}

/** The actions of a statement that can be told, of its `Action` element; null: something in it stands for more than is known. */
export function knownActions(statement: CheckedStatement, iam: ActionTable): IamAction[] | null {
  const found = statement.texts('Action').map(({ text }) => actionsFor(text, iam))
  return found.length === 0 || found.includes(null) ? null : found.flatMap(each => each ?? [])
}

/** true: both are patterns of a resource, and there is a text that both may stand for. Leaves a doubt to be true. */
export function mayMeet(pattern: string, resource: string): boolean {
  const [a, b] = [pattern.split(':'), resource.split(':')]
  if (pattern === '*' || resource === '*') return true
  return a.every((part, index) => {
    const other = index === 5 ? b.slice(5).join(':') : (b[index] ?? '*')
    const own = index === 5 ? a.slice(5).join(':') : part
    return index > 5 || meets(own, other)
  })
}

/** Of two patterns in one field, the beginnings up to the first wildcard must agree, and a plain one must match the other. */
function meets(a: string, b: string): boolean {
  if (!hasWildcard(a)) return hasWildcard(b) ? compileGlob(toPieces(b)).matches(a) : a === b
  if (!hasWildcard(b)) return compileGlob(toPieces(a)).matches(b)
  const [start, other] = [a.split(/[*?]/)[0] ?? '', b.split(/[*?]/)[0] ?? '']
  return start.startsWith(other) || other.startsWith(start)
}

/** AWS's pattern of a resource type as one of a policy: `arn:*:ecr:*:*:repository/*`. */
export const arnPattern = (arn: string): string => arn.replaceAll(/\$\{[^}]*\}/g, '*')

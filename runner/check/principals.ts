import type { CheckedDocument, CheckedStatement } from './checked-document.ts'

/** Texts under `Principal: { AWS }`, and a bare `*`, with the path of each. */
export function awsPrincipals(statement: CheckedStatement): { text: string; path: readonly (string | number)[] }[] {
  const { Principal: principal } = statement.value
  const own = [...statement.path, 'Principal']
  if (typeof principal === 'string') return [{ text: principal, path: own }]
  const names = (principal as { AWS?: unknown } | undefined)?.AWS
  const listed: [unknown, readonly (string | number)[]][] = Array.isArray(names)
    ? names.map((name, index) => [name, [...own, 'AWS', index]])
    : [[names, [...own, 'AWS']]]
  return listed.flatMap(([text, path]) => (typeof text === 'string' ? [{ text, path }] : []))
}

/** `arn:aws:iam::A:role/NAME` of a session's ARN; others as they are. */
const roleOf = (arn: string): string =>
  arn.replace(/^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3')

/** true: a principal means this caller: himself, his role, his account, everybody. */
export const meansCaller = (principal: string, actor: string): boolean =>
  meansAll(principal, actor.split(':')[4] ?? '') || principal === actor || roleOf(actor) === principal

/** true: a principal means everybody of the account. */
export const meansAll = (principal: string, account: string): boolean =>
  principal === '*' || principal === account || new RegExp(`^arn:[^:]+:iam::${account}:root$`).test(principal)

/** Deny statements of a policy that nothing limits. */
export const flatDenies = ({ statements }: CheckedDocument): CheckedStatement[] =>
  statements.filter(({ allows, value }) => !allows && !('Condition' in value) && !('NotPrincipal' in value))

import { principalInWords } from '../../assertions/index.ts'
import type { DocumentEdit, PlacedChange, PlacedEdit } from '../../runner/engine/why/why.ts'
import { policyInWords, statementInWords } from './statement-words.ts'

const at = ({ place }: PlacedEdit): string => (place === null ? '' : ` (${place.file}:${place.line})`)

const whoBrings = (key: string): string => {
  if (/PrincipalTag\//i.test(key)) return `the caller needs the tag ${key.split('/')[1]}`
  if (/ResourceTag\//i.test(key)) return `the resource needs the tag ${key.split('/')[1]}`
  return `the call has to bring ${key}`
}

const statementOf = (edit: DocumentEdit): string =>
  edit.index === null ? '' : statementInWords({ ...edit, index: edit.index, sid: sidOf(edit) })

const sidOf = ({ before }: DocumentEdit): string | undefined =>
  typeof before?.Sid === 'string' ? before.Sid : undefined

/** Where to look, and no more. */
function hint(placed: PlacedEdit): string {
  const { edit } = placed
  if (edit.edit === 'context') return `A condition stands in the way: ${whoBrings(edit.key)}.`
  if (edit.kind === 'widen')
    return `Nearly allowed already: look at ${edit.element} in ${statementOf(edit)}${at(placed)}.`
  if (edit.kind === 'narrow') return `Look at ${edit.element} in ${statementOf(edit)}${at(placed)}: it is what decides.`
  if (edit.kind === 'remove') return `Look at ${statementOf(edit)}${at(placed)}: it is what decides.`
  const effect = edit.after?.Effect === 'Deny' ? 'A Deny' : 'An Allow'
  if (edit.kind === 'create') return `${effect} is missing: there is no policy yet that it could stand in.`
  return `${effect} is missing: look at ${policyInWords(edit)}${at(placed)}.`
}

/** A new inline policy needs to be put on somebody: on the user, or on the role behind the session. */
const onWhom = ({ policyType }: DocumentEdit, principal: string | null): string =>
  policyType === 'identity-based' && principal !== null
    ? ` on ${principalInWords(principal).replace(/ \(session .*\)$/, '')}`
    : ''

/** The whole edit in one sentence; the statement follows as JSON. */
function solution(placed: PlacedEdit, principal: string | null): string {
  const { edit } = placed
  if (edit.edit === 'context') return `${whoBrings(edit.key)} with the value \`${edit.value}\``
  const { kind, element, value, document } = edit
  if (kind === 'widen') return `put \`${value}\` into ${element} of ${statementOf(edit)}${at(placed)}`
  if (kind === 'narrow') return `take \`${value}\` out of ${element} of ${statementOf(edit)}${at(placed)}`
  if (kind === 'create') return `make ${policyInWords(edit)}${onWhom(edit, principal)}, with this statement`
  if (kind === 'add') return `add this statement to ${policyInWords(edit)}${at(placed)}`
  if (edit.after !== null) return `put this in place of ${statementOf(edit)}${at(placed)}`
  if (document !== null) return `take out ${statementOf(edit)}${at(placed)}`
  return edit.policyArn?.includes(':iam::aws:')
    ? `detach ${policyInWords(edit)}, which AWS maintains`
    : `take out ${statementOf(edit)}${at(placed)}, and the policy with it: nothing else is in it`
}

/** One hint for the first thing to change. */
export const hintOf = ({ edits, because }: PlacedChange): string =>
  edits === null
    ? `Nothing in this account turns it: ${because}.`
    : edits[0] === undefined
      ? 'Nothing has to be changed.'
      : hint(edits[0])

/** Every edit as a sentence, each with the statement as it is to be. `principal`: ARN of the caller. */
export const solutionOf = (
  { edits }: PlacedChange,
  principal: string | null,
): { words: string; statement: object | null }[] =>
  (edits ?? []).map(placed => ({
    words: solution(placed, principal),
    statement: placed.edit.edit === 'context' || placed.edit.kind === 'widen' ? null : placed.edit.after,
  }))

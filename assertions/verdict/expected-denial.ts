import { parseDenial } from '../denial/parse-denial.ts'
import { squeeze } from '../denial/squeeze.ts'
import type { DenyFields } from '../expectation.ts'
import type { Denial } from '../outcome.ts'
import { globEquals } from './glob.ts'
import { isPasted, literalPieces, saysAnything } from './placeholders.ts'

/** How an expected value is held against AWS's. */
export type Same = (expected: string, actual: string) => boolean

/** What a `deny:` asks for, whichever way it was written. */
export interface ExpectedDenial {
  fields: Denial
  /** For `principal` and `resource`: as pasted, or as written in a map. */
  same: Same
  /** What has to occur in AWS's text because no field says it; as the author wrote it. */
  text: string | null
  /** The pieces of `text` without white space, between its wildcards. */
  pieces: readonly string[]
}

const unnamed: Denial = {
  code: null,
  operation: null,
  principal: null,
  action: null,
  resource: null,
  decision: null,
  policyType: null,
  policyArn: null,
}

/** Pasted text that only points at a line of a page. */
const marker = /\s*(?:<--+|←)\s*$/

/** A clause that AWS words freely, which the parser rightly reads no decision from. */
const freeReason = (text: string): string | null => /\bbecause\s[\s\S]*/.exec(text)?.[0] ?? null

const withText = (fields: Denial, same: Same, text: string | null): ExpectedDenial => ({
  fields,
  same,
  text,
  pieces:
    text === null
      ? []
      : literalPieces(text)
          .map(piece => squeeze(piece).text)
          .filter(piece => piece !== ''),
})

/** A sentence pasted from the middle on begins within a principal or a resource, of which the end is left. */
const restOf = (word: string | undefined): string | null => {
  if (word === undefined || !/[:/]/.test(word)) return null
  return word.startsWith('arn:') ? word : `...${word}`
}

const cutPrincipal = (text: string) => restOf(/^(\S*[A-Za-z0-9])\s+is not authorized to perform/.exec(text)?.[1])
const cutResource = (text: string) =>
  restOf(/^(?:(?:on\s+)?resource:\s+)?(\S*[A-Za-z0-9*])\s+(?:because no|with an explicit)\s/.exec(text)?.[1])

const readText = (pasted: string): { fields: Denial; text: string | null } => {
  const text = pasted.replace(marker, '').trim()
  const { isDenial, code, operation, principal, action, resource, decision, policyType } = parseDenial(text)
  if (!isDenial) return { fields: unnamed, text }
  const fields = {
    code,
    operation,
    principal: named(principal ?? cutPrincipal(text)),
    action: named(action),
    resource: named(resource ?? cutResource(text)),
    decision,
    policyType,
    policyArn: null,
  }
  const namesNothing = Object.values(fields).every(value => value === null)
  return { fields, text: namesNothing ? text : decision === null ? freeReason(text) : null }
}

/** A field that is all placeholder asks for nothing. */
const named = (value: string | null) => (value !== null && (value === '*' || saysAnything(value)) ? value : null)

/** AWS's own `*` is a resource like another (`ecr:GetAuthorizationToken`); alone it is no wildcard. */
const sameWritten: Same = (expected, actual) => (expected === '*' ? actual === '*' : globEquals(expected, actual))

/** Reads `deny:`, text or map, into the fields that must be met. */
export const expectedDenial = (deny: string | DenyFields): ExpectedDenial => {
  if (typeof deny === 'string') {
    const { fields, text } = readText(deny)
    return withText(fields, isPasted, text)
  }
  const read = deny.text === undefined ? { fields: unnamed, text: null } : readText(deny.text)
  const written = {
    code: deny.code ?? read.fields.code,
    action: deny.action ?? read.fields.action,
    principal: deny.principal ?? read.fields.principal,
    resource: deny.resource ?? read.fields.resource,
    decision: deny.decision ?? read.fields.decision,
    policyType: deny['policy-type'] ?? read.fields.policyType,
  }
  const same: Same = (expected, actual) =>
    sameWritten(expected, actual) || (isRead(expected) && isPasted(expected, actual))
  const isRead = (value: string) => value === read.fields.principal || value === read.fields.resource
  return withText({ ...read.fields, ...written }, same, deny.sentence?.trim() ?? read.text)
}

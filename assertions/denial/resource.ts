import { followerAt } from './followers.ts'
import { readChain, valueEnd } from './runs.ts'
import { join, type Region, skipPlaceholder } from './span.ts'
import { gapAt, none } from './squeeze.ts'

/** `end`: where the sentence goes on behind the resource. */
export interface ReadResource {
  resource: string | null
  end: number
}

const longest = 2400
/** IAM names an existing entity by its kind (`role NAME`), not by its ARN. */
const kinds = ['instanceprofile', 'accesskey', 'policypath', 'user', 'role', 'group', 'policy']
const kindWords = new Map([
  ['instanceprofile', 'instance profile'],
  ['accesskey', 'access key'],
  ['policypath', 'policy path'],
])
/** Names of these services may hold blanks, so that a blank does not end their ARN. */
const spaced = /^arn:[^:]*:(?:glue|cloudwatch|logs|ssm|events|s3):/
const named: Record<string, RegExp> = {
  ecr: /^repository\/./,
  iam: /^(?:role|user|group|policy|instance-profile|mfa|server-certificate|saml-provider|oidc-provider)\/|^root$|^\*/,
}
const redacted = /\.\.|…|[<[{*?$]|x{3}/i

/** Whether something must still follow: too few parts for an ARN, or not yet what the service's ARNs are made of. */
const isOpenArn = (value: string): boolean => {
  const parts = value.split(':')
  if (!'arn'.startsWith(parts[0] ?? '')) return false
  const form = named[parts[2] ?? '']
  return parts.length < 6 || (form !== undefined && (!form.test(parts.slice(5).join(':')) || /[/_-]$/.test(value)))
}

const closing = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', "'`"],
])
const opening = new Map([
  [')', '('],
  ['}', '{'],
  [']', '['],
])

const quoted = (region: Region, from: number, closers: string): ReadResource => {
  const { squeezed, limit } = region
  const last = Math.min(limit, from + longest)
  let end = from
  while (end < last && !closers.includes(squeezed.text[end] ?? '')) end++
  if (end >= last) return { resource: null, end }
  return { resource: checked(join(region, from, end), false, true), end: end + 1 }
}

const endsHard = (region: Region, start: number, index: number): boolean => {
  const { text } = region.squeezed
  const char = text[index] ?? ''
  if (char === '"' || char === "'" || char === '`') return true
  if (char === '<') return text[index + 1] === '/'
  const opener = opening.get(char)
  if (opener !== undefined) return !text.slice(start, index).includes(opener)
  if (char !== ',' && char !== ';') return false
  return index + 1 >= region.limit || gapAt(region.squeezed, index + 1) !== none || /["')]/.test(text[index + 1] ?? '')
}

const runEnd = (region: Region, from: number, start: number): number => {
  const last = Math.min(region.limit, start + longest)
  let index = from
  while (index < last && (index === from || gapAt(region.squeezed, index) === none)) {
    const behind = skipPlaceholder(region, index)
    if (behind > index) index = behind
    else if (endsHard(region, start, index)) break
    else index++
  }
  return index
}

const findReason = (region: Region, from: number): number => {
  const { squeezed } = region
  const last = Math.min(region.limit, from + longest)
  for (let index = from; index < last; index++) {
    if (endsHard(region, from, index)) return -1
    const isDecision = squeezed.lower.startsWith('becauseno', index) || squeezed.lower.startsWith('with', index)
    if (isDecision && followerAt(region, index) === 'reason') return index
  }
  return -1
}

/** What a cut text leaves of a resource may be too little to be one. */
const isTooShort = (value: string): boolean =>
  !redacted.test(value) && (value.startsWith('arn:') ? value.split(':').length < 6 : !/[ /+]/.test(value))

/** Dots at the very end of a text are its cut. */
const endsInDots = /(?:\.{2,}|…)$/

const checked = (value: string | null, touchesCut: boolean, mayBeShort: boolean): string | null => {
  if (value === null || value === '' || (touchesCut && endsInDots.test(value))) return null
  const trimmed = /[^.]\.$/.test(value) ? value.slice(0, -1) : value
  return touchesCut && !mayBeShort && isTooShort(trimmed) ? null : trimmed
}

/** A blank ends most resources, but when the reason follows on, all before it was the resource (`job/Copy of raw because`). */
const reasonBehind = (region: Region, from: number, blankAt: number): number => {
  const head = region.squeezed.text.slice(from, blankAt)
  return named[head.split(':')[2] ?? ''] !== undefined && !isOpenArn(head) ? -1 : findReason(region, blankAt)
}

const readName = (region: Region, from: number, mayBeShort: boolean): ReadResource => {
  const { squeezed, limit, cut } = region
  const chain = readChain(region, from, at => runEnd(region, at, from))
  const behind = chain.runs.at(-1)?.end ?? from
  const isBlank = chain.stop === 'blank' || chain.stop === 'unclear'
  const reasonAt = isBlank ? reasonBehind(region, from, behind) : -1
  if (reasonAt >= 0) return { resource: join(region, from, reasonAt), end: reasonAt }
  const textTo = (end: number) => squeezed.text.slice(from, end)
  const own = valueEnd(chain, at => !isOpenArn(textTo(at)))
  if (own === null || (isBlank && spaced.test(textTo(own)))) return { resource: null, end: behind }
  return { resource: checked(join(region, from, own), cut && own >= limit, mayBeShort), end: own }
}

/** Reads the resource behind `on resource:`: an ARN, `*`, a quoted ARN (S3, SES), `role NAME` (IAM), or free text. */
export const readResource = (region: Region, from: number): ReadResource => {
  const { squeezed, limit } = region
  const closers = closing.get(squeezed.text[from] ?? '')
  if (closers !== undefined) return quoted(region, from + 1, closers)
  if (squeezed.text[from] === '*' && (gapAt(squeezed, from + 1) !== none || from + 1 >= limit)) {
    return { resource: '*', end: from + 1 }
  }
  const kind = kinds.find(
    words => squeezed.lower.startsWith(words, from) && gapAt(squeezed, from + words.length) !== none,
  )
  if (kind === undefined || from + kind.length >= limit) return readName(region, from, false)
  const { resource, end } = readName(region, from + kind.length, true)
  return { resource: resource === null ? null : `${kindWords.get(kind) ?? kind} ${resource}`, end }
}

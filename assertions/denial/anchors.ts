import { type Region, skipPunctuation } from './span.ts'
import { gapAt, none, type Squeezed } from './squeeze.ts'

/**
 * The fixed words of AWS's sentence. `at`: where they begin, `end`: where they end.
 * full: `is not authorized to perform`, the action follows. headless: `Not authorized to perform` (STS), no principal.
 * short: the words are cut or elided before `to perform`. access: API Gateway's `is not authorized to access this resource`.
 */
export interface Anchor {
  kind: 'full' | 'headless' | 'short' | 'access'
  at: number
  end: number
}

const words = 'notauthorized'
const toPerform = 'toperform'
const toAccess = 'toaccessthisresource'
const generic = 'thisoperation'
const shortest = 'isnot'

const kindAt = (squeezed: Squeezed, index: number): Anchor | null => {
  const { lower, text } = squeezed
  const behind = index + words.length
  const hasIs = lower.startsWith('is', index - 2)
  const at = hasIs ? index - 2 : index
  if (lower.startsWith(toPerform, behind)) {
    const end = behind + toPerform.length
    if (lower.startsWith(generic, end)) return null
    return { kind: hasIs ? 'full' : 'headless', at, end: lower[end] === ':' ? end + 1 : end }
  }
  if (!hasIs) return null
  if (lower.startsWith(toAccess, behind)) return { kind: 'access', at, end: behind + toAccess.length }
  const rest = lower.slice(behind, behind + toPerform.length)
  const isCut = behind + rest.length >= text.length && toPerform.startsWith(rest)
  return isCut || rest.startsWith('...') || rest.startsWith('…') ? { kind: 'short', at, end: behind } : null
}

/** The words cut off at the text's end: `User: arn:... is not auth`. */
const cutAnchor = (squeezed: Squeezed): Anchor | null => {
  const { lower } = squeezed
  for (let length = `is${words}`.length - 1; length >= shortest.length; length--) {
    const at = lower.length - length
    const isSentence = at > 0 && gapAt(squeezed, at) !== none && lower.endsWith(`is${words}`.slice(0, length))
    if (isSentence) return { kind: 'short', at, end: lower.length }
  }
  return null
}

/** Every place where AWS's sentence stands, in order. Linear in the text. */
export const findAnchors = (squeezed: Squeezed): Anchor[] => {
  const anchors: Anchor[] = []
  for (let index = squeezed.lower.indexOf(words); index >= 0; index = squeezed.lower.indexOf(words, index + 1)) {
    const anchor = kindAt(squeezed, index)
    if (anchor !== null) anchors.push(anchor)
  }
  const last = cutAnchor(squeezed)
  return last === null ? anchors : [...anchors, last]
}

const onResource = 'onresource'

/** Index of the resource behind `on resource:` at `from`, or null when the sentence has none there. */
export const resourceAt = (region: Region, from: number): number | null => {
  const { lower } = region.squeezed
  const at = skipPunctuation(region, from)
  if (!lower.startsWith(onResource, at)) return null
  const end = at + onResource.length
  const start = lower[end] === ':' ? end + 1 : end
  return start >= region.limit ? null : start
}

/** Where the reason may begin behind `from`: behind quotes, dots, an elision, and `on this resource`. */
export const reasonAt = (region: Region, from: number): number => {
  const { lower } = region.squeezed
  let at = skipPunctuation(region, from)
  for (const phrase of ['onthisresource', 'onresource']) if (lower.startsWith(phrase, at)) at += phrase.length
  return skipPunctuation(region, lower[at] === ':' ? at + 1 : at)
}

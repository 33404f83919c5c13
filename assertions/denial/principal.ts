import { join, type Region } from './span.ts'
import { gapAt, none, startsWord } from './squeeze.ts'

/** `start`: where AWS's sentence begins (`User:`), or the principal where that word is missing. */
export interface ReadPrincipal {
  principal: string | null
  start: number
}

const farthest = 900
/** The word as services write it, with a colon, with SES's quote, or with none at all when retyped. */
const words = ['user:', 'user`', "user'", 'user"', 'userarn:', 'user<']
const quotes = /^["'`]+|["'`]+$/g

const introducedAt = (region: Region, from: number, anchor: number): { word: string; at: number } | null => {
  const before = region.squeezed.lower.slice(from, anchor)
  let found: { word: string; at: number } | null = null
  for (const word of words) {
    const at = before.lastIndexOf(word)
    if (at >= 0 && from + at > (found?.at ?? -1)) found = { word, at: from + at }
  }
  return found
}

/** A principal holds no blank outside a placeholder; what does is other text. */
const asPrincipal = (value: string | null): string | null => {
  const bare = value?.replace(quotes, '') ?? ''
  const outside = bare.replace(/<[^<>]*>|\[[^[\]]*\]|\{[^{}]*\}/g, '')
  return bare === '' || /\s|^arn:$/.test(outside) ? null : bare
}

/** An ARN right before the anchor, for a text whose front is cut off. */
const bareArn = (region: Region, from: number, anchor: number): ReadPrincipal | null => {
  const { squeezed } = region
  const at = from + squeezed.lower.slice(from, anchor).lastIndexOf('arn:')
  if (at < from || !(startsWord(squeezed, at) || /["'`(:]/.test(squeezed.text[at - 1] ?? ''))) return null
  const principal = asPrincipal(join(region, at, anchor))
  return principal === null ? null : { principal, start: at }
}

/** Reads the principal that stands between `User:` and `is not authorized` (at `anchor`), not looking before `from`. */
export const readPrincipal = (region: Region, from: number, anchor: number): ReadPrincipal => {
  const { squeezed } = region
  const earliest = Math.max(from, anchor - farthest)
  const introduced = introducedAt(region, earliest, anchor)
  if (introduced === null) return bareArn(region, earliest, anchor) ?? { principal: null, start: anchor }
  const { word, at } = introduced
  const start = at + (word === 'user:' ? word.length : 'user'.length)
  const isWord = startsWord(squeezed, at) || !/[a-z0-9]/.test(squeezed.lower[at - 1] ?? '')
  const isSeparate = word !== 'userarn:' || gapAt(squeezed, start) !== none
  return { principal: isWord && isSeparate ? asPrincipal(join(region, start, anchor)) : null, start: at }
}

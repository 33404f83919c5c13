import { isDenialCode, isKnownCode } from '../codes.ts'
import { gapAt, lineBreak, none, type Squeezed, startsWord } from './squeeze.ts'

/** A code found in a text, and its place in the squeezed text. */
export interface FoundCode {
  code: string
  /** Where the client's words around it begin. */
  from: number
  start: number
  end: number
}

/** Where clients put the code, in squeezed text. The first group is the code. */
const slots: readonly RegExp[] = [
  /\(([A-Za-z0-9.]{2,80})\)whencallingthe/g,
  /\(([A-Za-z0-9.]{2,80})\)occurred/g,
  /apierror([A-Za-z0-9.]{2,80}):/g,
  /<Code>([A-Za-z0-9.]{2,80})<\/Code>/g,
  /"__type":"(?:[A-Za-z0-9.]{0,80}#)?([A-Za-z0-9.]{2,80})"/g,
  /S3error:\d{3}\(([A-Za-z0-9]{2,80})\)/g,
]

const letterOrDigit = /[A-Za-z0-9]/
/** CloudFormation's own classification of whatever its handler met, not AWS's code. */
const foreign = ['handlererrorcode:', 'handlererrorcode=']

/** Whether a code is that classification, its label perhaps cut in two by the text's front: `rCode: AccessDenied)`. */
const isForeign = (squeezed: Squeezed, at: number, end: number) =>
  foreign.some(label => squeezed.lower.startsWith(label, at - label.length)) ||
  (squeezed.text[end] === ')' && (at === 0 || squeezed.text[at - 1] === ':'))

const wordEnd = (squeezed: Squeezed, from: number, limit: number): number => {
  let end = from + 1
  while (end < limit && gapAt(squeezed, end) === none && letterOrDigit.test(squeezed.text[end] ?? '')) end++
  return end
}

const codeAt = (code: string, start: number): FoundCode => ({ code, from: start, start, end: start + code.length })

const mostParts = 4

/** Ends of the word at `from` when the words on the next lines are taken for its rest: none, one, two and so on of them. */
const wrappedEnds = (squeezed: Squeezed, from: number, limit: number): number[] => {
  const ends = [wordEnd(squeezed, from, limit)]
  for (let end = ends[0] ?? limit; ends.length < mostParts; end = ends.at(-1) ?? limit) {
    const goesOn = end < limit && gapAt(squeezed, end) === lineBreak && letterOrDigit.test(squeezed.text[end] ?? '')
    if (!goesOn) break
    ends.push(wordEnd(squeezed, end, limit))
  }
  return ends
}

/** S3's words `Access Denied` over a line break are not its code. */
const isPhrase = (squeezed: Squeezed, from: number, first: number, end: number) =>
  squeezed.text.slice(from, first) === 'Access' && squeezed.text.slice(first, end) === 'Denied'

/** Known codes that stand anywhere in the squeezed text from `from` to `limit`, in order; those broken over lines too. */
export const looseCodes = (squeezed: Squeezed, from: number, limit: number): FoundCode[] => {
  const found: FoundCode[] = []
  for (let index = from; index < limit; index++) {
    if (!letterOrDigit.test(squeezed.text[index] ?? '')) continue
    const ends = wrappedEnds(squeezed, index, limit)
    const first = ends[0] ?? limit
    const end = ends.findLast(
      end => isKnownCode(squeezed.text.slice(index, end)) && !isPhrase(squeezed, index, first, end),
    )
    if (end !== undefined && !isForeign(squeezed, index, end)) {
      found.push(codeAt(squeezed.text.slice(index, end), index))
    }
    index = (end ?? first) - 1
  }
  return found
}

/** Codes in a client's own place for them, whatever they are, in order. */
export const slotCodes = (squeezed: Squeezed, from: number, limit: number): FoundCode[] => {
  const window = squeezed.text.slice(from, limit)
  const found: FoundCode[] = []
  for (const slot of slots) {
    for (const match of window.matchAll(slot)) {
      const code = match[1] ?? ''
      const start = from + match.index + match[0].indexOf(code)
      found.push({ code, from: from + match.index, start, end: start + code.length })
    }
  }
  return found.sort((left, right) => left.start - right.start)
}

/** `denied: ` of docker, or the SMTP reply code of SES, right before `at`. */
export const registryCode = (squeezed: Squeezed, from: number, at: number): FoundCode | null => {
  const before = squeezed.lower.slice(Math.max(from, at - 40), at)
  const smtp = /(\d{3})accessdenied:$/.exec(before)
  if (smtp?.[1] !== undefined) return codeAt(smtp[1], at - smtp[0].length)
  // The registry's JSON and Go's clients have it in capitals.
  const docker = /(denied|DENIED):[.…]*$/.exec(squeezed.text.slice(Math.max(from, at - 40), at))
  if (docker === null || /(?:access|permission)denied:[.…]*$/.test(before)) return null
  const start = at - docker[0].length
  return startsWord(squeezed, start) || !letterOrDigit.test(squeezed.text[start - 1] ?? '')
    ? codeAt(docker[1] ?? '', start)
    : null
}

/** The code that belongs to the sentence at `at`: the nearest one before it within `reach`. */
export const codeBefore = (squeezed: Squeezed, from: number, at: number): FoundCode | null => {
  const registry = registryCode(squeezed, from, at)
  if (registry !== null) return registry
  const all = [
    ...slotCodes(squeezed, from, at),
    ...looseCodes(squeezed, from, at).filter(({ code }) => isDenialCode(code)),
  ]
  return all.reduce<FoundCode | null>((last, next) => (last === null || next.start >= last.start ? next : last), null)
}

/** Where a code follows the sentence: Java's `Error Code: X`, a JSON member, `Code=X` of iOS, the class in brackets that Ruby prints last. */
export const codeAfter = (squeezed: Squeezed, from: number, limit: number): string | null => {
  const window = squeezed.text.slice(from, limit)
  const labelled = /(?<![Hh]andler)(?:Error|error)_?[Cc]ode"?[:=]"?([A-Za-z0-9.]{2,80})(?=[";,)\s}]|$)/.exec(
    window,
  )?.[1]
  if (labelled !== undefined && isKnownCode(labelled)) return labelled
  const member = /["'](?:__type|[Cc]ode|errorType)["']:["'](?:[A-Za-z0-9.]{0,80}#)?([A-Za-z0-9.]{2,80})["']/.exec(
    window,
  )?.[1]
  if (member !== undefined && isKnownCode(member)) return member
  const ruby = /\(Aws::[A-Za-z0-9]{1,60}::Errors::([A-Za-z0-9]{2,80})\)/.exec(window)?.[1]
  if (ruby !== undefined && isKnownCode(ruby)) return ruby
  const assigned = /(?<![A-Za-z])Code=([A-Za-z0-9.]{2,80})(?![A-Za-z0-9])/.exec(window)?.[1]
  return assigned !== undefined && isKnownCode(assigned) ? assigned : null
}

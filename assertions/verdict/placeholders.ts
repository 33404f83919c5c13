import type { Pieces } from './glob.ts'
import { matchesWhole } from './glob.ts'

/** What an author leaves unsaid in a pasted sentence: elisions, `<ACCOUNT_ID>`, `${NAME}`, `ROLE_NAME`, `xxxx`, `****`. */
const elision = /\.{2,}|…/g
const bracketed = /\$?\{[^{}]*\}|<[^<>]*>|\[[^[\]]*\]|\$[A-Za-z_][A-Za-z0-9_]*/g
const masked = /[xX]{4,}|[yYzZ]{4,}|#{3,}|\?{2,}|\*{2,}/g
const nouns = 'ACCOUNT|REGION|ROLE|USER|INSTANCE|SESSION|REPOSITORY|REPO|BUCKET|POLICY|GROUP|KEY|ORG|MANAGEMENT'
const named = new RegExp(
  `(?<![A-Za-z0-9_-])(?:[A-Z]+_)*(?:${nouns})_?(?:ID|NAME|NUMBER|ARN|NO|[A-Z0-9])?(?![A-Za-z0-9_-])`,
  'g',
)
// Private-use characters stand for the two kinds of wildcard.
const any = '\ue000'
const one = '\ue001'

const marked = (text: string): string =>
  text.replace(bracketed, one).replace(elision, any).replace(masked, one).replace(named, one)

/** The literal pieces of a pasted text, between what its author left unsaid. */
export const literalPieces = (text: string): Pieces => marked(text).split(/[\ue000\ue001]+/)

/** Whether a text names anything besides placeholders. */
export const saysAnything = (text: string): boolean => literalPieces(text).some(piece => /[A-Za-z0-9]/.test(piece))

const segments = (value: string) => value.split(/([:/])/)

/** The region is where the lab happens to run; the pasted one is where its author did. */
const regionPlace = 6

const isRegion = (segment: string) => /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(segment)

/**
 * Whether a value is the one pasted. A placeholder stands for one part of an ARN, an elision for any number of them;
 * another region is let pass, another account is not.
 */
export const isPasted = (pasted: string, value: string): boolean => {
  if (pasted === value) return true
  const pattern = marked(pasted)
  if (pattern.includes(any)) return matchesWhole(literalPieces(pasted), value)
  const wanted = segments(pattern)
  const actual = segments(value)
  if (wanted.length !== actual.length) return false
  return wanted.every((segment, index) => {
    const other = actual[index] ?? ''
    if (index === regionPlace && wanted[0] === 'arn' && isRegion(segment) && isRegion(other)) return true
    return matchesWhole(segment.split(one), other)
  })
}

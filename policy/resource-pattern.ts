import { ANY, compileGlob, type Matcher, ONE, type Piece, toPieces } from './glob.ts'
import { PolicyError, shown } from './policy-error.ts'
import { compileSegmentGlob, type SegmentPiece, WITHIN, WITHIN_ONE } from './segment-glob.ts'
import { expand, isFixed, parseTemplate, type VariableValues } from './variables.ts'

export interface ResourcePattern {
  readonly text: string
  matches(resource: string, values: VariableValues): boolean
}

/** Wildcards of the first five parts stay inside their part, except a `*` that ends it. Source: IAM User Guide, elements_resource. */
function headPieces(head: string): SegmentPiece[] {
  if (!/[*?]/.test(head)) return [head]
  return head.split(':').flatMap((part, index) => {
    const bounded = toPieces(part).map((piece, i, all): SegmentPiece => {
      if (piece === ONE) return WITHIN_ONE
      return piece === ANY && i < all.length - 1 ? WITHIN : piece
    })
    return index === 0 ? bounded : [':', ...bounded]
  })
}

const isBounded = (piece: SegmentPiece): boolean => piece === WITHIN || piece === WITHIN_ONE

function matcherOf(head: readonly SegmentPiece[], tail: readonly Piece[]): Matcher {
  const pieces = [...head, ...tail]
  return pieces.some(isBounded) ? compileSegmentGlob(pieces) : compileGlob(pieces as Piece[])
}

/** Where the sixth field begins, and how many fields there are (at most six). */
function fieldsOf(arn: string): { count: number; sixth: number } {
  let colon = -1
  for (let count = 1; count < 6; count++) {
    colon = arn.indexOf(':', colon + 1)
    if (colon < 0) return { count, sixth: arn.length }
  }
  return { count: 6, sixth: colon + 1 }
}

/** IAM reads an ARN with fewer fields as if `*` stood for the rest (its own error texts print `arn:b:c` as `arn:b:c:*:*:*`). */
const padding = (arn: string, count: number): string => (count > 4 || arn.endsWith('*') ? '' : ':*'.repeat(6 - count))

/** The whole of an ARN without policy variables, as its wildcards reach. */
export function piecesOfResource(text: string): SegmentPiece[] {
  const { count, sixth } = fieldsOf(text)
  return [...headPieces(text.slice(0, sixth) + padding(text, count)), ...toPieces(text.slice(sixth))]
}

/**
 * One entry of Resource or NotResource. Variables count only after the fifth colon. A request on the literal resource `*` is matched by `*` alone.
 * @throws PolicyError `InvalidResource` when it is neither `*` nor an ARN
 */
export function compileResource(text: string, variables: boolean, path: string): ResourcePattern {
  if (/^\*+$/.test(text)) return { text, matches: () => true }
  if (!text.startsWith('arn:')) {
    throw new PolicyError('InvalidResource', `expected an ARN or \`*\` as resource, found ${shown(text)}`, path)
  }
  const { count, sixth } = fieldsOf(text)
  const head = headPieces(text.slice(0, sixth) + padding(text, count))
  const tail = parseTemplate(text.slice(sixth), { variables, wildcards: true }, path)
  if (isFixed(tail)) {
    const matcher = matcherOf(head, tail)
    return { text, matches: resource => matcher.matches(resource) }
  }
  return {
    text,
    matches(resource, values) {
      const expanded = expand(tail, values)
      return expanded !== null && matcherOf(head, expanded).matches(resource)
    },
  }
}

import { readChain, valueEnd } from './runs.ts'
import { join, type Region, skipPlaceholder } from './span.ts'
import { gapAt, none } from './squeeze.ts'

/** What the ARN of a policy is made of; a customer's policy may have a path. */
const complete =
  /^arn:[^:]*:(?:iam::[^:]*:policy\/.*[^-/_.]|organizations::[^:]*:policy\/o-[a-z0-9]+\/[a-z_]+\/p-[A-Za-z0-9]+\.?)$/
const named = /:policy\/.*[^.…]$/
const longest = 600

const runEnd = (region: Region, from: number, start: number): number => {
  const { squeezed } = region
  const last = Math.min(region.limit, start + longest)
  let index = from
  while (index < last && (index === from || gapAt(squeezed, index) === none)) {
    const behind = skipPlaceholder(region, index)
    if (behind > index) index = behind
    else if (/["'`<),;}\]]/.test(squeezed.text[index] ?? '')) break
    else index++
  }
  return index
}

/**
 * The ARN of the denying policy that AWS appends since 2026 (`... policy: arn:aws:iam::111122223333:policy/name`), at the
 * colon in front of it. Null where none is appended, or where too little is left of it to name a policy.
 */
export const readPolicyArn = (region: Region, from: number): { arn: string | null; end: number } => {
  const { squeezed } = region
  if (!squeezed.lower.startsWith(':arn:', from)) return { arn: null, end: from }
  const start = from + 1
  const chain = readChain(region, start, at => runEnd(region, at, start))
  const end = valueEnd(chain, at => complete.test(squeezed.text.slice(start, at)))
  const behind = chain.runs[0]?.end ?? start
  if (end === null) return { arn: null, end: behind }
  const arn = join(region, start, end)?.replace(/\.$/, '') ?? ''
  return { arn: named.test(arn) ? arn : null, end }
}

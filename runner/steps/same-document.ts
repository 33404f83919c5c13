import { type Grammar, meansTheSame, PolicyError } from '../../policy/index.ts'

/** Two policy documents of the same meaning, or none both times. One that is no policy is like its own text alone. */
export function sameDocument(a: string | null, b: string | null, grammar: Grammar): boolean {
  if (a === null || b === null) return a === b
  try {
    return meansTheSame(a, b, grammar).same
  } catch (error) {
    if (error instanceof PolicyError) return a === b
    throw error
  }
}

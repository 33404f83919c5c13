import { type Difference, differencesOf } from './meaning/differences.ts'
import { type Grammar, type NormalForm, normalForm } from './meaning/normal-form.ts'
import { sameSets, singlesOf } from './meaning/singles.ts'

export interface Comparison {
  same: boolean
  /** Empty if they mean the same. */
  differences: Difference[]
}

function versionDifference(expected: NormalForm, actual: NormalForm): Difference[] {
  const matters = expected.usesVariables || actual.usesVariables
  if (!matters || expected.version === actual.version) return []
  return [{ path: 'Version', expected: expected.version, actual: actual.version }]
}

/**
 * Do two documents of one grammar decide every request alike? Told apart are only forms, never pattern against pattern:
 * order, lists of one, repetition, the case of actions and condition keys, account id and root ARN, Sid and Id do not matter, nor how entries are spread
 * over statements, nor a Version without variables. `false` may be said of two documents that happen to mean the same; `true` never of two that differ.
 * @param a the expected document @param b the document found
 * @throws PolicyError for a document that cannot be evaluated, or not in this grammar
 */
export function meansTheSame(a: string | object, b: string | object, grammar: Grammar): Comparison {
  const expected = normalForm(a, grammar)
  const actual = normalForm(b, grammar)
  const version = versionDifference(expected, actual)
  const spreadAlike = () => sameSets(singlesOf(expected.statements), singlesOf(actual.statements))
  const statements = differencesOf(expected, actual)
  const differences = [...version, ...(statements.length > 0 && spreadAlike() ? [] : statements)]
  return { same: differences.length === 0, differences }
}

import type { NormalForm, NormalStatement } from './normal-form.ts'

export interface Difference {
  /** `Statement[0].Action`; the index counts in the first document, or in the second for a statement that only it has. */
  path: string
  expected: string
  actual: string
}

type Indexed = readonly [number, NormalStatement]

const nothing = 'nothing'
const keyOf = (statement: NormalStatement): string => JSON.stringify([...statement])
const printed = (texts: readonly string[] | undefined): string =>
  texts === undefined ? nothing : texts.length === 1 ? (texts[0] ?? '') : texts.join(', ')
const whole = (statement: NormalStatement): string =>
  [...statement].map(([name, texts]) => `${name}: ${printed(texts)}`).join('; ')

const namesOf = (a: NormalStatement, b: NormalStatement): string[] => [...new Set([...a.keys(), ...b.keys()])]
const differ = (a: NormalStatement, b: NormalStatement): string[] =>
  namesOf(a, b).filter(name => JSON.stringify(a.get(name)) !== JSON.stringify(b.get(name)))

const without = (of: NormalForm, others: NormalForm): Indexed[] => {
  const known = new Set(others.statements.map(keyOf))
  return [...of.statements.entries()].filter(([, statement]) => !known.has(keyOf(statement)))
}

/** The statement most like this one. */
function nearest(statement: NormalStatement, among: readonly Indexed[]): Indexed | undefined {
  return among.toSorted(([, a], [, b]) => differ(statement, a).length - differ(statement, b).length)[0]
}

/** What stands in one normal form and not in the other, statement by statement. */
export function differencesOf(expected: NormalForm, actual: NormalForm): Difference[] {
  const found: Difference[] = []
  const rest = without(actual, expected)
  for (const [index, statement] of without(expected, actual)) {
    const other = nearest(statement, rest)
    if (other === undefined) {
      found.push({ path: `Statement[${index}]`, expected: whole(statement), actual: nothing })
      continue
    }
    rest.splice(rest.indexOf(other), 1)
    for (const name of differ(statement, other[1])) {
      found.push({
        path: `Statement[${index}].${name}`,
        expected: printed(statement.get(name)),
        actual: printed(other[1].get(name)),
      })
    }
  }
  for (const [index, statement] of rest) {
    found.push({ path: `Statement[${index}]`, expected: nothing, actual: whole(statement) })
  }
  return found
}

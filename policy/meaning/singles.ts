import type { NormalStatement } from './normal-form.ts'

const spread = ['Action', 'Resource', 'Principal'] as const
const most = 20_000

const product = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((rows, list) => rows.flatMap(row => list.map(one => [...row, one])), [[]])

/**
 * Statements of one action, resource and principal each that together mean the same: entries of a list are alternatives,
 * so how they are spread over statements does not matter. (Entries of NotAction and its kin are not, they stay together.)
 * null: there would be too many.
 */
export function singlesOf(statements: readonly NormalStatement[]): ReadonlySet<string> | null {
  const singles = new Set<string>()
  let count = 0
  for (const statement of statements) {
    const names = spread.filter(name => statement.has(name))
    const lists = names.map(name => statement.get(name) ?? [])
    count += lists.reduce((size, list) => size * list.length, 1)
    if (count > most) return null
    const rest = [...statement].filter(([name]) => !names.some(one => one === name))
    for (const row of product(lists)) singles.add(JSON.stringify([rest, names, row]))
  }
  return singles
}

export const sameSets = (a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean =>
  a !== null && b !== null && a.size === b.size && [...a].every(one => b.has(one))

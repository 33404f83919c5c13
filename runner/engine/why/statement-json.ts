/** A statement as it is written in a document. */
export type StatementJson = Record<string, unknown>

interface DocumentJson {
  Version?: unknown
  Statement: StatementJson[]
}

export const listOf = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])

const asDocument = (text: string): DocumentJson => {
  const { Statement, ...rest } = JSON.parse(text) as { Statement: unknown }
  return { ...rest, Statement: listOf(Statement) as StatementJson[] }
}

export const statementsOf = (text: string): StatementJson[] => asDocument(text).Statement

/** The document with other statements, its other elements as they were. */
export const withStatements = (text: string, statements: readonly StatementJson[]): string =>
  JSON.stringify({ ...asDocument(text), Statement: statements }, null, 2)

export const newDocument = (statement: StatementJson): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)

/** The statement with one more value in an element. */
export const withValue = (statement: StatementJson, element: string, value: string): StatementJson => ({
  ...statement,
  [element]: [...listOf(statement[element]), value],
})

/** The statement without one value of a list, whatever its case; null: that was all there was, or the value is not written so. */
export function withoutValue(statement: StatementJson, element: string, value: string): StatementJson | null {
  const values = listOf(statement[element])
  const left = values.filter(each => String(each).toLowerCase() !== value.toLowerCase())
  return left.length === values.length || left.length === 0 ? null : { ...statement, [element]: left }
}

import { type Cell, delimiterOf, recordsOf } from './cells.ts'

/** What a gradebook's export calls people. */
export interface GradebookKind {
  name: string
  /** Columns by which a student may be known, the surest first; several joined by a space where a list. */
  keys: readonly (string | readonly string[])[]
  /** true: the record is no student's (a row of possible points). */
  skip(first: string): boolean
}

/** @see https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807 */
const canvas: GradebookKind = {
  name: 'canvas',
  keys: ['SIS Login ID', 'SIS User ID', 'ID', 'Student'],
  skip: first => /^\s*Points Possible\s*$/i.test(first),
}

/** @see https://docs.moodle.org/en/Grade_import */
const moodle: GradebookKind = {
  name: 'moodle',
  keys: ['Email address', 'Username', 'ID number', ['First name', 'Last name'], ['First name', 'Surname']],
  skip: () => false,
}

export const gradebookKinds: Readonly<Record<string, GradebookKind>> = { canvas, moodle }

export interface Mark {
  student: string
  /** null: not graded: the cell is left blank, never 0. */
  points: number | null
}

export interface Filled {
  text: string
  /** Students whom the export does not have. */
  unmatched: string[]
  /** Students whom several records could be. */
  ambiguous: string[]
  filled: number
}

/** Columns of an export; empty: it has no header. */
export const gradebookColumns = (text: string): string[] =>
  recordsOf(text, delimiterOf(text))[0]?.map(({ value }) => value) ?? []

/** Puts points into one column of an export, and leaves every other byte as it is. Records of nobody graded here stay, too. */
export function fillColumn(text: string, kind: GradebookKind, column: string, marks: readonly Mark[]): Filled {
  const [header = [], ...records] = recordsOf(text, delimiterOf(text))
  const at = header.findIndex(({ value }) => value === column)
  const students = records.filter(record => record.length > at && !kind.skip(record[0]?.value ?? ''))
  const find = finder(kind, header, students)
  const changes = new Map<Cell, string>()
  const result: Filled = { text, unmatched: [], ambiguous: [], filled: 0 }
  const claims = marks.map(mark => ({ ...mark, found: find(mark.student) }))
  const claimed = new Map<Cell[], number>()
  for (const record of claims.flatMap(({ found }) => (found.length === 1 ? found : [])))
    claimed.set(record, (claimed.get(record) ?? 0) + 1)
  for (const { student, points, found } of claims) {
    const [only] = found
    // A record that two students could mean is nobody's: a mark in the wrong hands is worse than a missing one.
    const sure = found.length === 1 && only !== undefined && claimed.get(only) === 1
    const cell = sure ? only[at] : undefined
    if (cell === undefined) (found.length > 0 ? result.ambiguous : result.unmatched).push(student)
    else {
      changes.set(cell, points === null ? '' : String(points))
      result.filled += points === null ? 0 : 1
    }
  }
  return { ...result, text: exchanged(text, changes) }
}

/** The records that a student's name could mean, by whichever key. */
function finder(kind: GradebookKind, header: readonly Cell[], records: readonly Cell[][]) {
  const indexes = kind.keys.flatMap(key => {
    const columns = [key].flat().map(name => header.findIndex(({ value }) => value === name))
    return columns.includes(-1) ? [] : [columns]
  })
  const maps = indexes.map(columns => {
    const map = new Map<string, Cell[][]>()
    for (const record of records) {
      const name = columns.map(column => record[column]?.value ?? '').join(' ')
      if (name.trim() !== '') map.set(name, [...(map.get(name) ?? []), record])
    }
    return map
  })
  return (student: string): Cell[][] => [...new Set(maps.flatMap(map => map.get(student) ?? []))]
}

function exchanged(text: string, changes: ReadonlyMap<Cell, string>): string {
  let result = ''
  let done = 0
  for (const [{ from, to }, value] of [...changes].sort(([a], [b]) => a.from - b.from)) {
    result += text.slice(done, from) + value
    done = to
  }
  return result + text.slice(done)
}

import { type Cell, delimiterOf, recordsOf } from './cells.ts'

/** What a gradebook's export calls people. */
export interface GradebookKind {
  name: string
  /** Columns by which a student may be known, the surest first; several joined by a space where a list. */
  keys: readonly (string | readonly string[])[]
  /** Columns that say who somebody is and are no key: no mark goes into them either. */
  people: readonly string[]
  /** true: the record is no student's (a row of possible points). */
  skip(first: string): boolean
}

/** What moodle writes where there is no mark. */
const isNoMark = (text: string): boolean => /^\s*-?\s*$/.test(text)

/** @see https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807 */
const canvas: GradebookKind = {
  name: 'canvas',
  keys: ['SIS Login ID', 'SIS User ID', 'ID', 'Student'],
  people: ['Integration ID', 'Root Account', 'Section'],
  skip: first => /^\s*Points Possible\s*$/i.test(first),
}

/** @see https://docs.moodle.org/en/Grade_import */
const moodle: GradebookKind = {
  name: 'moodle',
  keys: ['Email address', 'Username', 'ID number', ['First name', 'Last name'], ['First name', 'Surname']],
  people: ['Institution', 'Department'],
  skip: () => false,
}

export const gradebookKinds: Readonly<Record<string, GradebookKind>> = { canvas, moodle }

export interface Mark {
  student: string
  /** null: not graded: the cell is left blank, never 0. */
  points: number | null
}

/** A record of the export that is somebody's. */
export interface Standing {
  name: string
  /** What stands, or stood, in the cell; null: nothing. */
  mark: string | null
}

export interface Filled {
  text: string
  /** Not graded: the cell is blank now, whatever stood there. */
  blank: Standing[]
  /** Records of nobody who was to be graded: they are as they were. */
  left: Standing[]
  /** First cells of records that have other cells than the header: they are as they were. */
  crooked: string[]
  /** Points that the export says are possible; null: it does not say. */
  possible: number | null
  /** Students whom the export does not have. */
  unmatched: string[]
  /** Students whom several records could be. */
  ambiguous: string[]
  filled: number
}

/** Columns of an export; empty: it has no header. */
export const gradebookColumns = (text: string): string[] =>
  recordsOf(text, delimiterOf(text))[0]?.map(({ value }) => value) ?? []

/** Does a column say who people are? A mark must not go into it. */
export const saysWho = ({ keys, people }: GradebookKind, column: string): boolean =>
  [...keys.flat(), ...people].some(name => name.toLowerCase() === column.trim().toLowerCase())

/** Puts points into one column of an export, and leaves every other byte as it is. Records of nobody graded here stay, too. */
export function fillColumn(text: string, kind: GradebookKind, column: string, marks: readonly Mark[]): Filled {
  const [header = [], ...records] = recordsOf(text, delimiterOf(text))
  const at = header.findIndex(({ value }) => value === column)
  const people = records.filter(
    record => !kind.skip(record[0]?.value ?? '') && record.some(({ value }) => value !== ''),
  )
  // Where a comma has slipped in, the cells behind it stand in each other's columns.
  const isStraight = (record: readonly Cell[]) =>
    record.length > at && record.slice(header.length).every(({ value }) => value === '')
  const students = people.filter(isStraight)
  const find = finder(kind, header, students)
  const changes = new Map<Cell, string>()
  const crooked = people.filter(record => !isStraight(record)).map(record => record[0]?.value ?? '')
  const result: Filled = { text, blank: [], left: [], crooked, unmatched: [], ambiguous: [], filled: 0, possible: null }
  const pointsRow = records.find(record => kind.skip(record[0]?.value ?? ''))
  const possible = Number.parseFloat(pointsRow?.[at]?.value ?? '')
  if (Number.isFinite(possible)) result.possible = possible
  const standing = (record: readonly Cell[], name = find.nameOf(record)): Standing => {
    const mark = record[at]?.value ?? ''
    return { name, mark: isNoMark(mark) ? null : mark }
  }
  const meant = new Set<Cell[]>()
  const claims = marks.map(mark => ({ ...mark, found: find.records(mark.student) }))
  const claimed = new Map<Cell[], number>()
  for (const record of claims.flatMap(({ found }) => (found.length === 1 ? found : [])))
    claimed.set(record, (claimed.get(record) ?? 0) + 1)
  for (const { student, points, found } of claims) {
    const [only] = found
    // A record that two students could mean is nobody's: a mark in the wrong hands is worse than a missing one.
    for (const record of found) meant.add(record)
    const sure = found.length === 1 && only !== undefined && claimed.get(only) === 1
    const cell = sure ? only[at] : undefined
    if (cell === undefined) (found.length > 0 ? result.ambiguous : result.unmatched).push(student)
    else {
      changes.set(cell, points === null ? '' : String(points))
      if (points !== null) result.filled += 1
      else if (only) result.blank.push(standing(only, student))
    }
  }
  for (const record of students)
    if (!meant.has(record) && find.nameOf(record) !== '') result.left.push(standing(record))
  return { ...result, text: exchanged(text, changes) }
}

/** Who is meant: the records that a student's name could mean, by whichever key, and what a record is called. */
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
  return {
    records: (student: string): Cell[][] => [...new Set(maps.flatMap(map => map.get(student) ?? []))],
    /** By the surest key that it has. */
    nameOf: (record: readonly Cell[]): string =>
      indexes
        .map(columns => columns.map(column => record[column]?.value ?? '').join(' '))
        .find(name => name.trim() !== '') ?? '',
  }
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

import { didYouMean } from '../definition/nearest-name.ts'
import { usageError } from '../lab-error.ts'
import { type Row, withoutContradictions } from './contradictions.ts'
import { cellsOf, type RosterRecord, rosterRecords } from './roster-records.ts'

/** A student as the roster has him. */
export interface Student {
  /** Line of the roster, from 1. */
  line: number
  student: string
  /** 12 digits; null: graded by his answers, no account is needed. */
  account: string | null
  /** Profile of the grader's AWS configuration. */
  profile: string | null
  roleArn: string | null
  externalId: string | null
  /** `names.role` and vars, as `--var` has them. */
  overrides: Readonly<Record<string, string>>
}

/** A line that names nobody who could be graded. */
export interface BadRow {
  line: number
  /** What stands there as the student; null: nothing usable. */
  student: string | null
  reason: string
}

export interface Roster {
  students: Student[]
  bad: BadRow[]
}

const columns = ['student', 'account', 'profile', 'role-arn', 'external-id', 'team'] as const
const longestName = 200

/**
 * Reads a roster: CSV with a header, parted by commas, semicolons or tabs as the header is. Columns student and account, and where wanted
 * profile, role-arn, external-id, team, `names.X` and `var.X`; others are the grader's own affair. A bad line is named and the rest goes on.
 *
 * @param name how the person wrote the file
 * @param known names and vars of the labs: `names.role`, `retention`
 * @throws LabError (usage) for a file that is no roster, or a column that no lab has
 */
export function readRoster(text: string, name: string, known: readonly string[], needsAccount = true): Roster {
  const { names, rows } = parsed(text, name)
  checkHeader(names, name, known, needsAccount)
  const found: Row[] = []
  const bad: BadRow[] = []
  for (const { line, cells: record, fault } of rows) {
    if (fault !== null) {
      bad.push({ line, student: null, reason: fault })
      continue
    }
    const cells: Record<string, string> = {}
    names.forEach((column, index) => {
      cells[column] = record[index]?.trim() ?? ''
    })
    const student = usableName(cells.student ?? '')
    const reason = faultOf(record, names, cells, needsAccount)
    if (reason !== null || student === null) bad.push({ line, student, reason: reason ?? 'no student' })
    else found.push({ ...studentOf(line, student, cells), team: cells.team ?? '' })
  }
  const { students, bad: contradicting } = withoutContradictions(found, needsAccount)
  const roster = { students, bad: [...bad, ...contradicting].sort((a, b) => a.line - b.line) }
  if (roster.students.length + roster.bad.length === 0) throw usageError(`the roster \`${name}\` lists nobody`)
  return roster
}

const delimiters = [',', ';', '\t'] as const

/** The header, and the rows after it. The sign between cells is the one by which the header has a column `student`. */
function parsed(text: string, name: string): { names: string[]; rows: RosterRecord[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  // A first line `sep=;` tells a spreadsheet how cells are parted, and is no row.
  const at = lines.findIndex((line, index) => line.trim() !== '' && !(index === 0 && /^"?sep=.?"?$/i.test(line)))
  if (at < 0) throw usageError(`the roster \`${name}\` is empty`, 'its first line names the columns: student,account')
  if (lines[at]?.includes('\u0000')) throw usageError(`the roster \`${name}\` is no text`, 'save it as CSV UTF-8')
  const headers = delimiters.map(delimiter => ({
    delimiter,
    names: (cellsOf(lines[at] ?? '', delimiter) ?? []).map(column => column.trim()),
  }))
  const header =
    headers.find(({ names }) => names.includes('student')) ??
    headers.toSorted((a, b) => b.names.length - a.names.length)[0]
  if (header === undefined || header.names.length === 0)
    throw usageError(
      `the roster \`${name}\` is not CSV: line ${at + 1} has a stray quote`,
      'it names the columns: student,account',
    )
  const rows = rosterRecords(lines.fill('', 0, at + 1), header.delimiter, header.names, isOurs)
  return { names: header.names, rows }
}

/** A column that is read; others are the grader's own affair, and may hold what they like. */
const isOurs = (column: string): boolean => columns.some(each => each === column) || overrideOf(column) !== null

function checkHeader(names: readonly string[], file: string, known: readonly string[], needsAccount: boolean): void {
  const twiceThere = names.find((column, index) => column !== '' && names.indexOf(column) !== index)
  if (twiceThere !== undefined) throw usageError(`the roster \`${file}\` has two columns \`${twiceThere}\``)
  for (const column of needsAccount ? (['student', 'account'] as const) : (['student'] as const))
    if (!names.includes(column))
      throw usageError(
        `the roster \`${file}\` has no column \`${column}\`, it has: ${names.join(', ')}`,
        didYouMean(column, names) ?? 'its first line names the columns: student,account',
      )
  for (const column of names) {
    const wanted = overrideOf(column)
    if (wanted !== null && !known.includes(wanted))
      throw usageError(
        `the roster \`${file}\` has a column \`${column}\`, and no lab that is graded has such a ${column.startsWith('names.') ? 'name' : 'var'}`,
        didYouMean(wanted, known, 'there are'),
      )
    // A column that is nearly one of ours would be passed over in silence.
    const nearly = columns.find(each => each !== column && each === column.toLowerCase().replace(/[_ ]/g, '-'))
    if (nearly !== undefined && !names.includes(nearly))
      throw usageError(`the roster \`${file}\` has a column \`${column}\``, `write it as \`${nearly}\``)
  }
}

/** `names.role` and `var.x` as overrides have them; null: another column. */
const overrideOf = (column: string): string | null =>
  column.startsWith('names.') ? column : column.startsWith('var.') ? column.slice('var.'.length) : null

/** Without what would make a line of output lie. */
const usableName = (text: string): string | null =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  text === '' || text.length > longestName || /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(text) ? null : text

/** What usually makes such a thing of an account id. */
const accountHint = (account: string): string =>
  /^\d{1,11}$/.test(account)
    ? ': a spreadsheet may have dropped zeros at its front, format the column as text'
    : /^\d[.,]?\d*E[+-]?\d+$/i.test(account)
      ? ': a spreadsheet has made a number of it and lost digits, format the column as text'
      : /^\d{4}-\d{4}-\d{4}$/.test(account)
        ? ' and no hyphens'
        : ''

function faultOf(
  record: readonly string[],
  names: readonly string[],
  cells: Readonly<Record<string, string>>,
  needsAccount: boolean,
): string | null {
  const { student = '', account = '', profile = '', 'role-arn': roleArn = '' } = cells
  if (record.length !== names.length) return `${record.length} cells, expected ${names.length}`
  // What stands there when bytes were read that are no UTF-8.
  const torn = names.find(column => isOurs(column) && cells[column]?.includes('\ufffd'))
  if (torn !== undefined) return `\`${torn}\` is not UTF-8: save the roster as CSV UTF-8`
  if (student === '') return 'no student'
  if (usableName(student) === null)
    return `the student's name is longer than ${longestName} characters, or holds control characters`
  if (needsAccount && account === '') return 'no account'
  if (needsAccount && !/^\d{12}$/.test(account))
    return `\`${account.slice(0, 40)}\` is no account id, which has 12 digits${accountHint(account)}`
  if (roleArn !== '' && !/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(roleArn))
    return `\`${roleArn.slice(0, 80)}\` is no ARN of a role`
  if (/\s/.test(profile)) return `\`${profile.slice(0, 40)}\` is no name of a profile`
  return null
}

function studentOf(line: number, student: string, cells: Readonly<Record<string, string>>): Student {
  const overrides = Object.entries(cells).flatMap(([column, value]) => {
    const name = overrideOf(column)
    return name === null || value === '' ? [] : [[name, value] as const]
  })
  return {
    line,
    student,
    account: cells.account || null,
    profile: cells.profile || null,
    roleArn: cells['role-arn'] || null,
    externalId: cells['external-id'] || null,
    overrides: Object.fromEntries(overrides),
  }
}

import { parse } from 'csv-parse/sync'

/** A row of a roster, or a line that none can be read from. */
export interface RosterRecord {
  /** Where it begins, from 1. */
  line: number
  cells: readonly string[]
  /** Why it is no row; null: it is one. */
  fault: string | null
}

/** No cell has more lines: a quote that is still open then is a stray one. */
const mostLines = 100

/**
 * The rows of a roster after its header (RFC 4180), empty lines left out. A cell in quotes may hold several lines. A quote that stands where none may
 * costs its own line, and the next is read as if nothing had been. But what stands inside of quotes that are well formed is never a row of its
 * own, though it looks like one: each of its lines is named instead. Who may choose how he is called could write himself a row otherwise.
 *
 * @param oneLine true: a cell of this column has a single line
 */
export function rosterRecords(
  lines: readonly string[],
  delimiter: string,
  header: readonly string[],
  oneLine: (column: string) => boolean,
): RosterRecord[] {
  const records: RosterRecord[] = []
  for (let at = 0; at < lines.length; ) {
    const text = recordAt(lines, at)
    const cells = text === null ? null : cellsOf(text.join('\n'), delimiter)
    const several = text !== null && text.length > 1
    const broken = cells === null || text === null || (several && cells.length !== header.length)
    if (broken) records.push({ line: at + 1, cells: [], fault: 'a quote stands where none may, or is not closed' })
    else if (several && holdsRows(text, cells, delimiter, header, oneLine))
      records.push(...text.map((_line, index) => quoted(at + 1 + index, at + 1, at + text.length)))
    else if (cells.some(cell => cell.trim() !== '')) records.push({ line: at + 1, cells, fault: null })
    at += broken ? 1 : text.length
  }
  return records
}

/** The lines of a record: up to where as many quotes are closed as were opened; null: they never are. */
function recordAt(lines: readonly string[], from: number): readonly string[] | null {
  let quotes = 0
  for (let at = from; at < Math.min(lines.length, from + mostLines); at += 1) {
    quotes += (lines[at]?.match(/"/g) ?? []).length
    if (quotes % 2 === 0) return lines.slice(from, at + 1)
  }
  return null
}

/** The cells of one record; null: its quotes are not as CSV has them. */
export function cellsOf(record: string, delimiter: string): string[] | null {
  if (!record.includes('"')) return record.split(delimiter)
  const read = (quote: '"' | false) =>
    (parse(record, { delimiter, quote, record_delimiter: '\u0000', relax_column_count: true }) as string[][])[0] ?? null
  try {
    return read('"')
  } catch {
    // `Jo "JJ" Smith` is how people write: no cell begins with a quote, so none is quoted.
    const plain = record.includes('\n') ? null : read(false)
    return plain?.some(cell => /^\s*"/.test(cell)) === false ? plain : null
  }
}

/** Does a record of several lines swallow others: in a cell that has one line, or with a line that would be a student by itself? */
function holdsRows(
  text: readonly string[],
  cells: readonly string[],
  delimiter: string,
  header: readonly string[],
  oneLine: (column: string) => boolean,
): boolean {
  if (cells.some((cell, index) => cell.includes('\n') && oneLine(header[index] ?? ''))) return true
  const account = header.indexOf('account')
  return text.slice(1).some(line => {
    const own = line.replaceAll('"', '').split(delimiter)
    return account < 0 ? own.length === header.length : /^\s*\d{12}\s*$/.test(own[account] ?? '')
  })
}

const quoted = (line: number, from: number, to: number): RosterRecord => ({
  line,
  cells: [],
  fault: `it stands inside of quotes, from line ${from} to line ${to}: a stray quote makes one row of several`,
})

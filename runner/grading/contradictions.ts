import type { BadRow, Student } from './read-roster.ts'

/** A student as a row has him, and what the row says of who shares his account. */
export interface Row extends Student {
  team: string
}

const grouped = <T>(rows: readonly T[], keyOf: (row: T) => string): T[][] => {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups.values()]
}

const listed = (rows: readonly Row[]): string =>
  rows.map(({ line, student }) => `\`${student}\` on line ${line}`).join(', ')

/** What a row says, its place in the file left out. */
const content = ({ line: _line, ...row }: Row): string => JSON.stringify(row)

/**
 * The students whom a roster names without contradicting itself. A row that stands there twice is one. Of two that differ neither is taken, nor are two
 * students who would be graded by the same things in the same account, unless they are of one team: a mark in the wrong hands is worse than a
 * missing one.
 *
 * @param byAccount false: each is graded in an account of his own
 */
export function withoutContradictions(
  rows: readonly Row[],
  byAccount: boolean,
): { students: Student[]; bad: BadRow[] } {
  const bad = new Map<Row, string>()
  const repeated = new Set<Row>()
  for (const [first, ...more] of grouped(rows, ({ student }) => student.normalize('NFC'))) {
    if (first === undefined || more.length === 0) continue
    const same = more.every(row => content(row) === content(first))
    for (const row of same ? more : [first, ...more]) {
      if (same) repeated.add(row)
      const others = [first, ...more].filter(other => other !== row)
      const reason = `\`${row.student}\` stands on line ${others.map(({ line }) => line).join(', ')} as well, and not with the same row`
      bad.set(row, same ? `\`${row.student}\` stands on line ${first.line} already` : reason)
    }
  }
  const graded = ({ account, overrides }: Row) => JSON.stringify([account, Object.entries(overrides).sort()])
  // Whoever is named twice may be meant by either row: the account is claimed all the same.
  const claims = byAccount ? rows.filter(row => !repeated.has(row)) : []
  for (const shared of grouped(claims, graded)) {
    const [first] = shared
    if (shared.length === 1 || (first?.team !== '' && shared.every(({ team }) => team === first?.team))) continue
    for (const row of shared.filter(each => !bad.has(each)))
      bad.set(
        row,
        `account ${row.account} is that of ${listed(shared.filter(other => other !== row))} as well: a column \`team\` says who shares one`,
      )
  }
  return {
    students: rows.filter(row => !bad.has(row)).map(({ team: _team, ...student }) => student),
    bad: [...bad].map(([{ line, student }, reason]) => ({ line, student, reason })),
  }
}

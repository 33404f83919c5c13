import type { BadRow, Student } from './read-roster.ts'

/** A student as a row has him, and what the row says of who shares his account. */
export interface Row extends Student {
  team: string
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return [...groups.values()]
}

/** The first few of a group that are not this one, and how many more. */
function othersOf(row: Row, group: readonly Row[], shown: (row: Row) => string): string {
  const others = group
    .slice(0, 4)
    .filter(other => other !== row)
    .slice(0, 3)
  const more = group.length - 1 - others.length
  return `${others.map(shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

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
    const said = content(first)
    const same = more.every(row => content(row) === said)
    for (const row of same ? more : [first, ...more]) {
      if (same) repeated.add(row)
      const lines = othersOf(row, [first, ...more], ({ line }) => String(line))
      const reason = `\`${row.student}\` stands on line ${lines} as well, and not with the same row`
      bad.set(row, same ? `\`${row.student}\` stands on line ${first.line} already` : reason)
    }
  }
  const graded = ({ account, overrides }: Row) => JSON.stringify([account, Object.entries(overrides).sort()])
  // Whoever is named twice may be meant by either row: the account is claimed all the same.
  const claims = byAccount ? rows.filter(row => !repeated.has(row)) : []
  for (const shared of grouped(claims, graded)) {
    const [first] = shared
    if (shared.length === 1 || (first?.team !== '' && shared.every(({ team }) => team === first?.team))) continue
    for (const row of shared.filter(each => !bad.has(each))) {
      const others = othersOf(row, shared, ({ line, student }) => `\`${student}\` on line ${line}`)
      bad.set(row, `account ${row.account} is that of ${others} as well: a column \`team\` says who shares one`)
    }
  }
  return {
    students: rows.filter(row => !bad.has(row)).map(({ team: _team, ...student }) => student),
    bad: [...bad].map(([{ line, student }, reason]) => ({ line, student, reason })),
  }
}

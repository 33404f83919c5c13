import { stringify } from 'csv-stringify/sync'
import type { Report } from '../assertions/index.ts'
import { harmlessCell } from './gradebook/harmless-cell.ts'
import { cleanText } from './words/clean-text.ts'

export const csvColumns = ['student', 'account', 'lab', 'step', 'outcome', 'points', 'max'] as const

/** A step a line, labs that were only needed left out. Points of what is not graded are blank, never 0. */
export function csvRows(report: Report & { student?: string }): string {
  const { student = '', accountId, labs } = report
  const rows = labs
    .filter(lab => !lab.setUp)
    .flatMap(lab =>
      lab.steps.length === 0
        ? [[student, accountId, lab.id, '', lab.status, blank(lab.points), lab.maxPoints]]
        : lab.steps.map(({ id, status, points, maxPoints }) => [
            ...[student, accountId, lab.id, id, status],
            // Whoever adds them up must not get a mark where there is none.
            ...[blank(lab.points === null ? null : points), maxPoints],
          ]),
    )
  return stringify(rows.map(row => row.map(cell => (typeof cell === 'string' ? harmlessCell(cleanText(cell)) : cell))))
}

const blank = (points: number | null): number | string => points ?? ''

export const csvHeader = stringify([[...csvColumns]])

/** The report as a long CSV file: student, account, lab, step, outcome, points, max. */
export const csv = (report: Report): string => `${csvHeader}${csvRows(report)}`

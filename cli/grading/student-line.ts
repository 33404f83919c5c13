import type { BadRow } from '../../runner/grading/read-roster.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { counted, duration } from '../show/count.ts'
import type { Paper } from '../show/paper.ts'

/** `  ✔ ada  8/8 points` as a student is done. */
export function studentLine(
  { student, graded, points, maxPoints, error, labs }: StudentReport,
  { colours }: Paper,
): string {
  if (!graded)
    return `  ${colours.warn('·')} ${student}  not graded: ${oneLine(error?.message ?? 'it could not be judged')}`
  const full = points === maxPoints
  const single = labs.filter(lab => !lab.setUp)
  const parts = single.length > 1 ? `  ${colours.faint(single.map(lab => `${lab.id} ${lab.points}`).join(', '))}` : ''
  return `  ${full ? colours.good('✔') : colours.bad('✖')} ${student}  ${points}/${maxPoints} points${parts}`
}

export const badRowLine = ({ line, student, reason }: BadRow, { colours }: Paper): string =>
  `  ${colours.warn('·')} line ${line}${student === null ? '' : ` (${student})`}  not graded: ${oneLine(reason)}`

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

export interface ClassCount {
  students: number
  graded: number
  bad: number
  points: number
  maxPoints: number
  full: number
}

/** The last line: never `all passed` of those who were not graded. */
export function classSummary(
  { students, graded, bad, points, maxPoints, full }: ClassCount,
  /** null: not told. */
  milliseconds: number | null,
): string {
  const open = students + bad - graded
  const mean = graded === 0 || maxPoints === 0 ? '' : ` · mean ${((100 * points) / maxPoints).toFixed(1)} %`
  return `${graded} of ${counted(students + bad, 'student')} graded${open > 0 ? ` · ${open} not graded` : ''} · ${full} with full points${mean}${milliseconds === null ? '' : ` · ${duration(milliseconds)}`}`
}

import type { Report } from '../../assertions/index.ts'
import { markdownCode, markdownText } from '../words/markdown-text.ts'

/** What a summary of a class needs of each student. */
export type ClassMember = Pick<Report, 'labs'> & {
  student: string
  graded: boolean
  points: number | null
  maxPoints: number
  error: { message: string } | null
}

interface StepCount {
  passed: number
  judged: number
  open: number
}

/**
 * A class on one page of Markdown, in pieces: the mean, how many passed each step, a line a student. Every hidden check is named: it is the
 * grader's own.
 *
 * @param students gives the reports anew each time; no two are in memory at once
 */
export function* classMarkdown(students: () => Iterable<ClassMember>): Iterable<string> {
  let [all, graded, sum, most] = [0, 0, 0, 0]
  const counts = new Map<string, StepCount>()
  for (const member of students()) {
    all += 1
    countSteps(counts, member)
    if (!member.graded) continue
    graded += 1
    sum += member.points ?? 0
    most += member.maxPoints
  }
  const mean = most === 0 ? '' : `, mean ${((100 * sum) / most).toFixed(1)} %`
  yield `## AccessLab verify: ${graded} of ${all} students graded${mean}\n`
  yield '\n| step | passed | of those judged | not judged |\n|---|--:|--:|--:|\n'
  for (const [step, { passed, judged, open }] of counts)
    yield `| ${markdownCode(step)} | ${passed} | ${judged === 0 ? '' : `${((100 * passed) / judged).toFixed(0)} %`} | ${open} |\n`
  yield '\n| student | points | labs |\n|---|--:|---|\n'
  for (const member of students()) yield rowOf(member)
}

function countSteps(counts: Map<string, StepCount>, { labs }: ClassMember): void {
  for (const lab of labs)
    for (const step of lab.setUp ? [] : lab.steps) {
      if (step.maxPoints === 0) continue
      const name = `${lab.id}/${step.id}`
      const count = counts.get(name) ?? { passed: 0, judged: 0, open: 0 }
      counts.set(name, count)
      if (step.points === null) count.open += 1
      else count.judged += 1
      if (step.points !== null && step.points >= step.maxPoints) count.passed += 1
    }
}

function rowOf({ student, graded, points, maxPoints, labs, error }: ClassMember): string {
  const single = labs.filter(lab => !lab.setUp).map(lab => `${lab.id} ${lab.points ?? 'not graded'}`)
  const said = graded ? markdownText(single.join(', ')) : markdownText(error?.message ?? 'it could not be judged')
  return `| ${markdownText(student)} | ${graded ? `${points}/${maxPoints}` : 'not graded'} | ${said} |\n`
}

import type { LabReport, Report, StepReport } from '../assertions/index.ts'
import { cleanText } from './words/clean-text.ts'
import { jsonText } from './words/json-text.ts'

/** @see https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format */
interface GradescopeTest {
  name: string
  status?: 'passed' | 'failed'
  score?: number
  max_score?: number
  output: string
  output_format: 'text'
  visibility: 'visible' | 'hidden' | 'after_due_date'
}

const visibilities = { shown: 'visible', hidden: 'hidden', after: 'after_due_date' } as const

/**
 * The report as Gradescope's results.json. Where something could not be judged there is no total, and no score of any test, for Gradescope would add
 * them up: it then shows the submission as one whose autograder failed, which is to be run again, and gives no zero.
 */
export function gradescope(report: Report): string {
  const labs = report.labs.filter(lab => !lab.setUp)
  const graded = labs.length > 0 && labs.every(lab => lab.points !== null)
  const tests = labs.flatMap(lab =>
    lab.steps.filter(worthTelling).map(step => testOf(lab, step, { several: labs.length > 1, graded })),
  )
  const hidden = tests.some(({ visibility }) => visibility !== 'visible')
  const results = {
    ...(graded ? { score: labs.reduce((total, lab) => total + (lab.points ?? 0), 0) } : {}),
    // Of one of a class it would only make the same marks other bytes.
    ...('student' in report ? {} : { execution_time: Math.round(report.durationMs / 1000) }),
    output: summaryOf(graded, hidden),
    output_format: 'text',
    test_output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests,
  }
  return jsonText(results)
}

function summaryOf(graded: boolean, hidden: boolean): string {
  if (!graded)
    return 'Not graded: something that is not your doing kept it from being judged. Your grader will run it again.'
  return hidden ? 'Further checks are not shown here.' : 'Every check is shown.'
}

const worthTelling = (step: StepReport): boolean => step.maxPoints > 0 || step.status === 'failed'

function testOf(
  lab: LabReport,
  step: StepReport,
  { several, graded }: Record<'several' | 'graded', boolean>,
): GradescopeTest {
  const { id, title, points, maxPoints, visibility = 'shown' } = step
  return {
    name: `${several ? `${lab.id}/` : ''}${id}${title === '' ? '' : `  ${title.replace(/\s+/g, ' ')}`}`,
    ...(points === null || !graded
      ? {}
      : { status: points >= maxPoints && step.status !== 'failed' ? 'passed' : 'failed', score: points }),
    max_score: maxPoints,
    output: cleanText(outputOf(step)),
    output_format: 'text',
    visibility: visibilities[visibility],
  }
}

function outputOf({ status, expected, actual, diff, hint }: StepReport): string {
  if (status === 'passed') return 'as expected'
  const lines = [
    expected === '' ? null : `expected: ${expected}`,
    actual?.message ? `answer: ${actual.message}` : null,
    ...diff.map(each => `${each.field}: expected ${each.expected}, found ${each.actual}`),
    hint === null ? null : `hint: ${hint}`,
  ]
  return lines.filter(line => line !== null).join('\n')
}

import type { LabReport, Report, StepReport } from '../../assertions/index.ts'

/** What a student is told: the checks that are shown, and that there are others; nothing of those, not even by a sum. Markdown. */
export function feedback(report: Report & { student: string; error: { message: string } | null }): string {
  const labs = report.labs.filter(lab => !lab.setUp)
  return `# ${inline(report.student)}\n\n${labs.map(lab => ofLab(lab, report.error !== null)).join('\n')}`
}

function ofLab(lab: LabReport, outage: boolean): string {
  const shown = lab.steps.filter(step => step.visibility === undefined)
  const checks = shown.filter(step => step.maxPoints > 0 || step.status === 'failed')
  const others = shown.length < lab.steps.length ? ['Further checks are not shown here.', ''] : []
  return [
    `## ${inline(lab.title)}`,
    '',
    pointsOf(lab, shown, outage),
    '',
    ...checks.map(ofStep),
    ...(checks.length > 0 ? [''] : []),
    ...others,
  ].join('\n')
}

function pointsOf(lab: LabReport, shown: readonly StepReport[], outage: boolean): string {
  if (lab.points === null || (outage && lab.steps.length === 0))
    return 'Not graded: something that is not your doing kept it from being judged.'
  const sum = (of: (step: StepReport) => number) => shown.reduce((total, step) => total + of(step), 0)
  const points = `${sum(step => step.points ?? 0)} of ${sum(step => step.maxPoints)} points`
  const all = shown.length === lab.steps.length
  if (!all) return `${points} in the checks shown here.`
  if (lab.minimum === undefined) return `${points}.`
  return `${points}; ${lab.minimum} are needed to pass: ${lab.points >= lab.minimum ? 'passed' : 'not passed'}.`
}

function ofStep({ id, title, status, points, maxPoints, expected, actual, diff, hint }: StepReport): string {
  const mark = status === 'passed' ? 'x' : ' '
  const worth = maxPoints > 0 ? ` (${points ?? 'not graded'}${points === null ? '' : `/${maxPoints}`})` : ''
  const head = `- [${mark}] ${inline(id)} ${code(title)}${worth}`
  if (status === 'passed') return head
  const lines = [
    expected === '' ? null : `expected: ${code(expected)}`,
    actual?.message ? `answer: ${code(actual.message)}` : null,
    ...diff.map(each => `${code(each.field)}: expected ${code(each.expected)}, found ${code(each.actual)}`),
    hint === null ? null : `hint: ${inline(hint)}`,
  ]
  return [head, ...lines.filter(line => line !== null).map(line => `  - ${line}`)].join('\n')
}

/** Text of others' making, as text. */
const inline = (text: string): string => text.replace(/\s+/g, ' ').replace(/([\\`*_[\]<>#|])/g, '\\$1')

const code = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line === '' ? '' : `\`${line.replaceAll('`', "'")}\``
}

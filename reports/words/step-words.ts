import type { LabReport, Report, StepReport } from '../../assertions/index.ts'

export interface StepOfLab {
  lab: LabReport
  step: StepReport
}

/** Every step with its lab, in order. */
export const stepsOf = ({ labs }: Pick<Report, 'labs'>): StepOfLab[] =>
  labs.flatMap(lab => lab.steps.map(step => ({ lab, step })))

/** Something other than the expected came of it, or nothing at all that could be judged. */
export const isTrouble = ({ status }: StepReport): boolean => status !== 'passed' && status !== 'skipped'

/** `list-images team-b/alpine as ecrTester`. */
export const subjectOf = ({ kind, title, as }: StepReport): string =>
  [kind, title, as === null ? '' : `as ${as}`].filter(word => word !== '').join(' ')

/** What came of a step, in a few words: `denied: implicitDeny, identity-based, ecr:ListImages`; AWS's sentence is not in it. */
export function actualWords({ actual, hint, status }: StepReport): string {
  if (actual === null) return status === 'skipped' && hint !== null ? `not run: ${hint}` : 'not run'
  if (actual.outcome === 'allowed') return 'allowed'
  if (actual.outcome === 'failed') return `failed: ${actual.code ?? 'without a code'}`
  const { decision, policyType, action } = actual.denial ?? { decision: null, policyType: null, action: null }
  const named = [decision, policyType, action].filter(word => word !== null)
  return named.length === 0 ? `denied: ${actual.code ?? 'without a reason'}` : `denied: ${named.join(', ')}`
}

/** One line: what was expected, what came. */
export const headline = (step: StepReport): string =>
  step.expected === '' ? actualWords(step) : `expected ${step.expected}; actual ${actualWords(step)}`

/** The whole story of a step, a fact a line. */
export function storyLines(step: StepReport): string[] {
  const { expected, actual, diff, hint, file, line, attempts } = step
  return [
    ...(expected === '' ? [] : [`expected: ${expected}`]),
    `actual: ${actualWords(step)}`,
    ...(actual?.message ? [`answer: ${actual.message}`] : []),
    ...diff
      .filter(({ field }) => field !== 'outcome')
      .map(({ field, expected: wanted, actual: found }) => `${field}: expected ${wanted}, found ${found}`),
    `at: ${file}:${line}`,
    ...(attempts > 1 ? [`attempts: ${attempts}`] : []),
    ...(actual?.requestId ? [`request: ${actual.requestId}`] : []),
    ...(hint === null ? [] : [`hint: ${hint}`]),
  ]
}

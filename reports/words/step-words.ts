import type { LabReport, Report, StepReport } from '../../assertions/index.ts'
import { reasonClause } from './reason-clause.ts'

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

/** What came of a step, in a few words: `denied, because no identity-based policy allows the ecr:ListImages action`. */
export function actualWords({ actual, hint, status }: StepReport): string {
  if (actual === null) return status === 'skipped' && hint !== null ? `not run: ${hint}` : 'not run'
  if (actual.outcome === 'allowed') return 'allowed'
  if (actual.outcome === 'failed') return `failed: ${actual.code ?? 'without a code'}`
  const { reason } = reasonClause(actual.message ?? '')
  if (reason !== '') return `denied, ${reason}`
  return `denied${actual.denial?.action ? ` ${actual.denial.action}` : ''}: ${actual.code ?? 'no code'}, no reason given`
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

import type { PlannedStep } from '../../../runner/engine/planned-steps.ts'
import { pageText } from './page-text.ts'

/** The page of the one lab asked for. What it needs is left to its front matter. */
export function pageOf(
  planned: readonly PlannedStep[],
  asked: readonly string[],
  { target, region }: { target: 'sandbox' | 'aws'; region: string },
): string {
  const steps = planned.filter(({ lab }) => asked.includes(lab.id))
  const [first] = steps
  if (!first) return ''
  const made = new Set(planned.flatMap(({ step }) => step.identity ?? []))
  const profiles = new Set(
    steps.flatMap(({ step }) => step.as ?? []).filter(name => name !== 'admin' && !made.has(name)),
  )
  const account = target === 'sandbox' ? '111122223333' : 'ACCOUNT_ID'
  const variables = { values: { ACCOUNT_ID: account, AWS_REGION: region } }
  return pageText({ lab: first.lab, steps, variables, profiles: [...profiles] }).trimEnd()
}

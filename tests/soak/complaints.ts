import type { Report } from '../../assertions/index.ts'
import type { Workshop } from '../runner/engine/harness.ts'

/** Steps that did not pass, each with all that the report says of it. */
export const complaintsOf = (report: Report): string[] =>
  report.labs.flatMap(lab =>
    lab.steps
      .filter(step => step.status !== 'passed')
      .map(step => `${lab.id}/${step.id} ${step.status} after ${step.durationMs} ms ${JSON.stringify(step.actual)}`),
  )

/** What a teardown could not take back. */
export async function leftOf(workshop: Workshop): Promise<string[]> {
  const torn = await workshop.teardown()
  const left = torn.leftovers.map(({ type, name }) => `left: ${type} ${name}`)
  return torn.exitCode === 0 ? left : [...left, `teardown ended with ${torn.exitCode}`]
}

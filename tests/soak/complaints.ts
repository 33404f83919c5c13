import type { Report } from '../../assertions/index.ts'
import type { TeardownOptions } from '../../runner/index.ts'
import { changedIn, type Workshop } from '../runner/engine/harness.ts'

/** Steps that did not pass, each with all that the report says of it. */
export const complaintsOf = (report: Report): string[] =>
  report.labs.flatMap(lab =>
    lab.steps
      .filter(step => step.status !== 'passed')
      .map(step => `${lab.id}/${step.id} ${step.status} after ${step.durationMs} ms ${JSON.stringify(step.actual)}`),
  )

/** What a teardown could not take back, by its own word and by what lies on the sandbox's disk, in all accounts. */
export async function leftOf(workshop: Workshop, options: Partial<TeardownOptions> = {}): Promise<string[]> {
  const torn = await workshop.teardown(undefined, options)
  const left = torn.leftovers.map(({ type, name }) => `left: ${type} ${name}`)
  const said = torn.exitCode === 0 ? left : [...left, `teardown ended with ${torn.exitCode}`]
  return [...said, ...(await changedIn(workshop))]
}

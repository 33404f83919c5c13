import { stringAt } from '../../steps/answers.ts'
import type { Resource } from '../../steps/step-kind.ts'
import type { Change } from '../runs.ts'
import type { Reported } from './past-reports.ts'

/** What was changed after a step, so that it can be thought away. */
export interface LaterChanges {
  without: Resource[]
  /** Policy of each repository as it was at the step, by the repository's name. */
  repositoryPolicies: Map<string, string>
}

/** Changes of later steps of the same run, and of every later run; `all` oldest first. */
export function laterChanges(all: readonly Reported[], chosen: Reported, lab: string, step: string): LaterChanges {
  const order = chosen.report.labs.flatMap(({ id, steps }) => steps.map(each => `${id}/${each.id}`))
  const at = order.indexOf(`${lab}/${step}`)
  const isLater = (change: Change) => order.indexOf(`${change.lab}/${change.step}`) > at
  const from = all.indexOf(chosen)
  const later = [
    ...chosen.run.changes.filter(isLater),
    ...all.slice(from + 1).flatMap(({ run }) => run.changes),
  ].filter(({ result }) => result !== 'refused')
  const without: Resource[] = []
  const repositoryPolicies = new Map<string, string>()
  for (const { resource, before } of later) {
    if (!resource?.part) continue
    without.push(resource)
    const former = stringAt(before, 'policyText')
    // The first change after the step knows what was there at the step.
    if (resource.type === 'repository policy' && former !== null && !repositoryPolicies.has(resource.name))
      repositoryPolicies.set(resource.name, former)
  }
  return { without, repositoryPolicies }
}

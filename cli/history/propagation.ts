import type { Report, StepReport } from '../../assertions/index.ts'
import { concerns, nameIn } from '../../reports/access/concerns.ts'

/** How long a change took until an answer first showed it, by the step that made it. */
export interface Seen {
  /** Step kind of the change: `set-repository-policy`. */
  kind: string
  /** Milliseconds from the end of the change to the first of the answers that stayed. */
  ms: number
}

interface Change {
  kind: string
  name: string
  endedAt: number
  seen: boolean
}

/**
 * What each step shows of a change before it, by `lab/step`: the last one that bears on what it asks and that none has shown yet. Only of steps that
 * passed, on a target whose answers need time; elsewhere a change is in force at once.
 */
export function propagationOf({ labs }: Pick<Report, 'labs'>): Map<string, Seen> {
  const changes: Change[] = []
  const found = new Map<string, Seen>()
  for (const lab of labs)
    for (const step of lab.steps) {
      const change = step.status === 'passed' && step.attempts > 1 ? shownBy(step, changes) : null
      if (change) {
        const at = Date.parse(step.startedAt) + step.waitedMs
        found.set(`${lab.id}/${step.id}`, { kind: change.kind, ms: Math.max(0, at - change.endedAt) })
      }
      if (step.changed)
        changes.push({
          ...{ kind: step.kind, name: step.changed.name, seen: false },
          endedAt: Date.parse(step.startedAt) + step.durationMs,
        })
    }
  return found
}

/** A change of the very thing that is asked about before one that hangs something on it. */
function shownBy({ access }: StepReport, changes: readonly Change[]): Change | null {
  const near = changes.filter(change => !change.seen && access.some(each => concerns(change, each)))
  const itself = near.filter(({ name }) => access.some(({ resource }) => nameIn(resource) === name))
  const bearing = itself.length > 0 ? itself : near
  for (const change of bearing) change.seen = true
  return bearing.at(-1) ?? null
}

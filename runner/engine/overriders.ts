import type { Failed } from '../../assertions/index.ts'
import { DefinitionError, type Step } from '../definition/index.ts'
import { LabError } from '../lab-error.ts'
import type { Resource } from '../steps/step-kind.ts'
import { checksOf } from './foresee.ts'
import type { PlannedLab } from './plan.ts'
import { Unread } from './read-policies.ts'
import type { Stage } from './stage.ts'
import { Unfounded } from './unfounded.ts'
import { type Overridden, verifyStep } from './verify-step.ts'

interface Overriding {
  /** Whose step it is. */
  lab: string
  resource: Resource
}

/** What later steps have put in place of what this one stands on, as far as it is there now. */
export async function overriddenBy(
  stage: Stage,
  planned: PlannedLab,
  step: Step,
  others: readonly PlannedLab[],
): Promise<Overridden> {
  const name = `${planned.lab.id}/${step.id}`
  const later = others.flatMap(other =>
    other.lab.groups.flat().flatMap(each => (each.supersedes.includes(name) ? [{ other, later: each }] : [])),
  )
  const found = await Promise.all(
    later.map(async ({ other, later }): Promise<Overriding | null> => {
      const prepared = preparedOrNull(stage, other, later)
      if (!prepared) return null
      const context = stage.context(other, null)
      const state = await prepared.verify?.(context)
      // Whether it stands in the way cannot be told: nor can what this one comes to.
      if (state?.state === 'unread') throw new Unread(state.outcome)
      const resource = prepared.resource(context.place)
      if (!resource || !state || state.state === 'absent') return null
      const stands = state.state === 'present' || (await doesAsWell(stage, planned, other, later, resource, others))
      return stands ? { lab: other.lab.id, resource } : null
    }),
  )
  const overriding = found.filter(each => each !== null)
  return {
    resources: overriding.map(({ resource }) => resource),
    past: overriding.some(each => each.lab === planned.lab.id),
  }
}

/**
 * Something else stands where a later lab's step puts its own: does it do as well? It does where every later probe of that lab which asks the
 * same thing passes. Then it is not charged a second time to the probe that it overrides.
 *
 * @throws Unread where one of them is not judged
 */
async function doesAsWell(
  stage: Stage,
  planned: PlannedLab,
  other: PlannedLab,
  overrider: Step,
  { arn }: Resource,
  others: readonly PlannedLab[],
): Promise<boolean> {
  if (arn === null || other.lab.id === planned.lab.id) return false
  const steps = other.lab.groups.flat()
  const after = steps.slice(steps.indexOf(overrider) + 1).filter(({ probes }) => probes)
  let asked = 0
  for (const probe of after) {
    const prepared = preparedOrNull(stage, other, probe)
    const actor = stage.actor(other, probe)
    // What asks by an answer or an identity that is not had here is not known to ask for this: nothing is given on its word.
    if (!prepared || !actor) return false
    if (!checksOf(prepared, stage.context(other, actor)).some(({ resource }) => resource === arn)) continue
    const verdict = await verdictOn(stage, other, probe, others)
    if (verdict === null || verdict === 'failed' || verdict === 'skipped') return false
    if (verdict !== 'passed') throw new Unread(notJudged(`${other.lab.id}/${probe.id}`))
    asked += 1
  }
  return asked > 0
}

async function verdictOn(stage: Stage, other: PlannedLab, probe: Step, others: readonly PlannedLab[]) {
  try {
    return (await verifyStep(stage, other, probe, await overriddenBy(stage, other, probe, others))).status
  } catch (error) {
    if (error instanceof Unfounded || error instanceof DefinitionError || error instanceof LabError) return null
    throw error
  }
}

const notJudged = (name: string): Failed => ({
  ...{ outcome: 'failed', cause: 'credentials', code: 'NotJudged' },
  message: `whether \`${name}\` passes, which tells what stands in place of a later lab's own`,
  ...{ httpStatus: null, requestId: null },
})

/** A step whose fields need answers of a lab that is not verified here cannot be compared with what is there. */
function preparedOrNull(stage: Stage, planned: PlannedLab, step: Step) {
  try {
    return stage.prepare(planned, step).prepared
  } catch (error) {
    if (error instanceof DefinitionError) return null
    throw error
  }
}

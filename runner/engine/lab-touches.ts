import { resolveTemplates } from '../definition/index.ts'
import type { AwsPlace, Resource } from '../steps/step-kind.ts'
import { readsPolicy, type Touch, thingOfArn, unknown } from '../steps/touch.ts'
import { allOf, onlyRead, type Touches } from './conflict.ts'
import { fillSteps } from './fill-steps.ts'
import type { PlannedLab } from './plan.ts'
import type { Change } from './runs.ts'
import { kindOf, type Stage } from './stage.ts'

export interface ToForesee {
  stage: Stage
  /** All labs of the run, what is needed first. */
  planned: readonly PlannedLab[]
  /** What a lab will first take back of what earlier runs left. */
  replaced: (lab: string) => readonly Change[]
  /** Ids of labs that play themselves: what these do is their own affair. */
  players: { has(lab: string): boolean }
}

/**
 * What each lab will read and change, before anything has run, in the labs' order. A lab stands on all that the labs it needs have made: it
 * reads that. It reads whom it acts as, and what bounds all that it creates.
 */
export function touchesOfLabs({ stage, planned, replaced, players }: ToForesee): Touches[] {
  const { caller, identities } = stage.target
  const { permissionsBoundary } = stage.options.catalogue.created
  const actors = [caller, ...identities.values()].flatMap(({ arn }): Touch[] => {
    const thing = thingOfArn(arn)
    return thing ? [{ ...thing, access: 'read' }] : []
  })
  const others = [...actors, ...readsPolicy(permissionsBoundary ?? undefined)]
  const own = new Map<string, Touches>()
  const made = new Map<string, Made>()
  return planned.map(each => {
    const { lab, needed } = each
    const touches = players.has(lab.id) ? null : touchesOfSteps(stage, each, made)
    own.set(lab.id, allOf([touches, ...replaced(lab.id).map(touchesOfUndo)]))
    return allOf([own.get(lab.id) ?? null, ...needed.map(({ id }) => onlyRead(own.get(id) ?? null)), others])
  })
}

/** What taking a change back touches. */
export function touchesOfUndo({ kind, fields }: Pick<Change, 'kind' | 'fields'>): Touches {
  try {
    return kindOf({ kind }).undoTouches(fields)
  } catch {
    return null
  }
}

/** Things that the steps of a lab make, by step. */
type Made = ReadonlyMap<string, Resource>

/** Where a step's answer names the very thing that the step made: nothing else of an answer is foreseen. */
const ownPaths: Readonly<Record<string, 'arn' | 'name'>> = {
  ...{ 'Role.Arn': 'arn', 'Policy.Arn': 'arn', 'User.Arn': 'arn', 'repository.repositoryArn': 'arn' },
  ...{ 'Role.RoleName': 'name', 'Policy.PolicyName': 'name', 'User.UserName': 'name' },
  'repository.repositoryName': 'name',
}

function touchesOfSteps(stage: Stage, planned: PlannedLab, made: Map<string, Made>): Touches {
  const { lab, needed } = planned
  const things = new Map(needed.flatMap(({ id }) => [...(made.get(id) ?? [])]))
  const own = new Map<string, Resource>()
  made.set(lab.id, own)
  const { place } = stage.target
  const scope = { ...stage.scope(planned), identities: identitiesOf(stage, planned) }
  const answer = (step: string, path: string): string => {
    const thing = own.get(step) ?? things.get(step)
    const asked = ownPaths[path]
    return (asked === undefined || thing?.part !== false ? null : thing[asked]) ?? unknown
  }
  const touches = lab.groups.flat().map((step): Touches => {
    try {
      const kind = kindOf(step)
      const fields = resolveTemplates(fillSteps(step.fields, answer), scope)
      const thing = resourceOf(() => kind.prepare(fields).resource(place))
      if (thing) own.set(step.id, thing)
      const touched = kind.touches(fields)
      if (touched === null || touched.some(({ name }) => name.includes(unknown))) return null
      // Who must be refused a list is told nothing of what is in it.
      return step.expectation.kind === 'deny' ? touched.filter(({ access }) => access !== 'list') : touched
    } catch {
      return null
    }
  })
  const all = allOf(touches)
  return all?.some(touch => reachesOthers(touch, own)) ? null : all
}

/**
 * What a policy or a group says is said to everybody it hangs on, of whichever lab: who changes one that the lab has not made itself reaches
 * roles and users that nobody names.
 */
const reachesOthers = ({ access, type, name }: Touch, own: Made): boolean =>
  access === 'write' &&
  (type === 'group' ||
    (type === 'policy' &&
      ![...own.values()].some(made => made.type === 'policy' && made.name.toLowerCase() === name.toLowerCase())))

const resourceOf = (find: () => Resource | null): Resource | null => {
  try {
    return find()
  } catch {
    return null
  }
}

/** Those of labs.yaml are known; of those that steps make, whose things a lab touches anyway, nothing is needed but that they are there. */
function identitiesOf(stage: Stage, planned: PlannedLab): Record<string, { arn: string; account: string }> {
  const account: AwsPlace['account'] = stage.target.place.account
  const steps = [...planned.needed, planned.lab].flatMap(lab => lab.groups.flat())
  const made = steps.flatMap(({ identity }) =>
    identity === null ? [] : [[identity, { arn: unknown, account }] as const],
  )
  return { ...Object.fromEntries(made), ...stage.scope(planned).identities }
}

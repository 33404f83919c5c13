import type { Catalogue, Lab, Place, Step } from '../definition/index.ts'
import type { YamlSource } from '../definition/read-yaml.ts'
import type { Path } from '../definition/yaml-place.ts'
import type { PlannedStep } from '../engine/planned-steps.ts'
import type { StepKind } from '../steps/step-kind.ts'
import type { CheckedDocument } from './checked-document.ts'
import type { ActionTable } from './iam/action-table.ts'

/** A step as rules see it: as written, and as it would be sent. */
export interface CheckedStep {
  step: Step
  /** Its keys as written. */
  raw: Readonly<Record<string, unknown>>
  kind: StepKind
  /** Id of its lab. */
  lab: string
  /** Steps of one `parallel:` share it. */
  group: number
  /** What it makes or changes, as far as it can be foreseen. */
  resource: PlannedStep['resource']
  /** Fields filled in, the call prepared, who acts; null: it cannot be foreseen. */
  ahead: PlannedStep['ahead']
  /** Where a key of the step is written; no path: the step itself. */
  at(path?: Path, part?: 'key' | 'value'): Place
}

/** A file of the lab's folder. */
export interface LabFile {
  file: string
  /** `policies/trust.json`. */
  name: string
  text: string
}

/** All that a rule may look at. */
export interface CheckedLab {
  catalogue: Catalogue
  lab: Lab
  source: YamlSource
  steps: readonly CheckedStep[]
  documents: readonly CheckedDocument[]
  /** Text files of its folder, lab.yaml among them. */
  files: readonly LabFile[]
  /** Labs that it needs, directly and further on, what is needed first. */
  needed: readonly CheckedLab[]
  /** Labs of the catalogue that need it. */
  dependents: readonly CheckedLab[]
  /** Labs of the catalogue that it has nothing to do with. */
  strangers: readonly CheckedLab[]
  iam: ActionTable
  /** Path from its folder to the schema that ships, for editors; null: there is none to point at. */
  schema: string | null
}

/** Steps done before one: those of needed labs, then its own lab's earlier groups. */
export const earlierSteps = ({ needed, steps }: CheckedLab, { group }: CheckedStep): CheckedStep[] => [
  ...needed.flatMap(each => each.steps),
  ...steps.filter(each => each.group < group),
]

/** Steps done after one: its own lab's later groups, then those of labs that need it. */
export const laterSteps = ({ dependents, steps }: CheckedLab, { group }: CheckedStep): CheckedStep[] => [
  ...steps.filter(each => each.group > group),
  ...dependents.flatMap(each => each.steps),
]

/** true: what the step does must not succeed. */
export const expectsRefusal = ({ step }: CheckedStep): boolean => step.expectation.kind !== 'allow'

/** true: it changes something, as far as is known. */
export const changes = ({ kind, ahead }: CheckedStep): boolean => (ahead?.step.effect ?? kind.effect) === 'changes'

/** true: AWS is asked again until its answer rests. */
export const isPolled = ({ kind, ahead }: CheckedStep): boolean =>
  ['reads', 'session'].includes(ahead?.step.effect ?? kind.effect)

const making = /:(Create|Put|Set|Attach|Add|Update|Replicate|BatchImport)/

/** true: nobody can foresee what it leaves: a program, or a call of any operation that makes or sets something. */
export const mayMakeAnything = (each: CheckedStep): boolean => {
  if (!changes(each) || ![undefined, 'call', 'command'].includes(each.resource?.type)) return false
  const actions = each.ahead?.step.actions ?? []
  return (
    actions.length === 0 ||
    (each.kind.operation === null && actions.length === 1 && actions.some(action => making.test(action)))
  )
}

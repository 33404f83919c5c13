import type { StepKind } from '../steps/step-kind.ts'
import type { Lab, Step } from './lab.ts'
import type { OperationTable } from './operations.ts'

/** What a lab is checked against besides its own files. */
export interface DefinitionContext {
  kinds: readonly StepKind[]
  operations: OperationTable
  /** All labs that this one needs, in order. */
  needed: readonly Lab[]
  /** Names of labs.yaml's identities. */
  identities: readonly string[]
  /** vars that `--var` gives; null: not known yet. */
  given: readonly string[] | null
  /** null: which variables are set is not checked. */
  env: Readonly<Record<string, string | undefined>> | null
}

/** Identities that are there before any lab. */
export const builtInIdentities: readonly string[] = ['admin', 'partner']

/** The steps done before a step: own ones of earlier groups. */
export function stepsBefore(lab: Lab, step: string | null): Step[] {
  const at = lab.groups.findIndex(group => group.some(each => each.id === step))
  return lab.groups.slice(0, at === -1 ? lab.groups.length : at).flat()
}

/** Names of identities that a step may use. */
export function identitiesBefore(lab: Lab, step: string | null, context: DefinitionContext): string[] {
  const made = [...context.needed.flatMap(each => each.groups.flat()), ...stepsBefore(lab, step)].flatMap(
    each => each.identity ?? [],
  )
  return [...new Set([...builtInIdentities, ...context.identities, ...made])]
}

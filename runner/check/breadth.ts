import type { CheckedDocument } from './checked-document.ts'
import type { CheckedLab } from './checked-lab.ts'

/** true: the document bounds somebody, and grants nothing by itself. */
export function isBoundary({ steps, dependents }: CheckedLab, { holder, use }: CheckedDocument): boolean {
  if (use === 'session') return true
  const named = new RegExp(`"permissions-boundary":"\\{\\{\\s*steps\\.${holder.step.id}\\.`)
  return [...steps, ...dependents.flatMap(each => each.steps)].some(({ step }) =>
    named.test(JSON.stringify(step.fields)),
  )
}

/** The documents that grant: what they allow is allowed. */
export const granting = (lab: CheckedLab, documents: readonly CheckedDocument[]): CheckedDocument[] =>
  documents.filter(each => each.use !== 'trust' && !isBoundary(lab, each))

/** The actions that identities of the lab ask for in its steps, and in those of labs that need it. */
export const askedActions = ({ steps, dependents }: CheckedLab): string[] => [
  ...new Set(
    [...steps, ...dependents.flatMap(each => each.steps)]
      .filter(({ step }) => step.as !== null)
      .flatMap(({ ahead }) => ahead?.step.actions ?? []),
  ),
]

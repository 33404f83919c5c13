import type { Problem } from './definition-error.ts'
import type { Catalogue, Lab } from './lab.ts'
import { didYouMean } from './nearest-name.ts'
import type { ReadLab } from './read-lab.ts'

/** A lab and all the labs that it needs, directly and further on, what is needed first. */
export interface Ordered {
  id: string
  needed: string[]
}

/** Depth-first: what is needed comes before what needs it. Unknown needs and cycles are problems at the entry of `needs`. */
export function orderOfNeeds(
  ids: readonly string[],
  read: ReadonlyMap<string, ReadLab>,
  catalogue: Catalogue,
): { order: Ordered[]; problems: Problem[] } {
  const problems: Problem[] = []
  const done = new Map<string, Ordered>()

  const visit = (id: string, chain: readonly string[]): Ordered => {
    const before = done.get(id)
    if (before) return before
    const each = read.get(id)
    const needed = new Set<string>()
    each?.lab?.needs.forEach((need, index) => {
      const place = each.source?.place(['needs', index]) ?? { file: each.lab?.file ?? '', line: 1, column: 1 }
      const cycle = [...chain, id]
      if (!catalogue.labs.includes(need)) {
        problems.push({
          place,
          message: `there is no lab \`${need}\` to need`,
          hint: didYouMean(need, catalogue.labs, 'the labs are'),
          rule: 'unknown-need',
        })
      } else if (cycle.includes(need)) {
        const round = [...cycle.slice(cycle.indexOf(need)), need].join(' -> ')
        problems.push({
          place,
          message: `the labs need each other: ${round}`,
          hint: 'take one of these needs out',
          rule: 'needs-in-a-circle',
        })
      } else {
        for (const further of visit(need, cycle).needed) needed.add(further)
        needed.add(need)
      }
    })
    const ordered = { id, needed: [...needed] }
    done.set(id, ordered)
    return ordered
  }

  for (const id of ids) visit(id, [])
  return { order: [...done.values()], problems }
}

/** The names that a lab's templates see: those of the labs it needs, then its own over them. `needed` in their order. */
export const visibleNames = (lab: Lab, needed: readonly Lab[]): Record<string, string> =>
  Object.assign({}, ...needed.map(each => each.names), lab.names)

/** The vars that a lab's templates see, likewise. */
export const visibleVars = (lab: Lab, needed: readonly Lab[]): Record<string, unknown> =>
  Object.assign({}, ...needed.map(each => each.vars), lab.vars)

import { isCommonKey } from './common-keys.ts'
import type { Path } from './yaml-place.ts'

/** A step as written, before it is known to be right. */
export interface RawStep {
  data: Readonly<Record<string, unknown>>
  path: Path
  /** Index of its group: steps of a `parallel:` share one. */
  group: number
  /** The keys that are neither common nor `parallel`: one, when all is well. */
  kinds: readonly string[]
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** All steps of a lab's data in order; what is not a map is left to the schema's problems. */
export function rawSteps(data: Readonly<Record<string, unknown>>): RawStep[] {
  const entries: unknown[] = Array.isArray(data.steps) ? data.steps : []
  return entries.flatMap((entry, group) => {
    if (!isMap(entry)) return []
    const path = ['steps', group]
    if (!Object.hasOwn(entry, 'parallel')) return [raw(entry, path, group)]
    const together: unknown[] = Array.isArray(entry.parallel) ? entry.parallel : []
    return together.flatMap((each, index) => (isMap(each) ? [raw(each, [...path, 'parallel', index], group)] : []))
  })
}

const raw = (data: Record<string, unknown>, path: Path, group: number): RawStep => ({
  data,
  path,
  group,
  kinds: Object.keys(data).filter(key => !isCommonKey(key)),
})

/** Ids of the steps in order: as written, else the kind, numbered from the second on. */
export function stepIds(steps: readonly RawStep[]): string[] {
  const taken = new Set(steps.flatMap(({ data }) => (typeof data.id === 'string' ? [data.id] : [])))
  return steps.map(({ data, kinds }) => {
    if (typeof data.id === 'string') return data.id
    const kind = kinds[0] ?? 'step'
    let id = kind
    for (let count = 2; taken.has(id); count++) id = `${kind}-${count}`
    taken.add(id)
    return id
  })
}

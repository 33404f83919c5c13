import type { Touch } from '../steps/touch.ts'

/** What is touched, nothing twice; null: it cannot be told, and may be anything. */
export type Touches = readonly Touch[] | null

/** Names are compared without case: IAM takes a role that differs in nothing else for the same. */
const nameOf = ({ name }: Touch): string => name.toLowerCase()

const meet = (a: Touch, b: Touch): boolean =>
  a.type === b.type &&
  (a.access === 'write' || b.access === 'write') &&
  (a.name === '*' || b.name === '*' || nameOf(a) === nameOf(b))

/** true: one of them changes what the other reads or changes, so that they may not be done at the same time. */
export const conflict = (a: Touches, b: Touches): boolean =>
  a === null || b === null || a.some(one => b.some(other => meet(one, other)))

/** All of several. */
export function allOf(several: readonly Touches[]): Touches {
  const all = new Map<string, Touch>()
  for (const touches of several) {
    if (touches === null) return null
    for (const touch of touches) all.set(`${touch.access} ${touch.type} ${nameOf(touch)}`, touch)
  }
  return [...all.values()]
}

/** The same things, only read. */
export const onlyRead = (touches: Touches): Touches => touches?.map(touch => ({ ...touch, access: 'read' })) ?? null

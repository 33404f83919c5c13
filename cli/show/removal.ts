import type { Leftover } from '../../assertions/index.ts'
import { counted, countedTypes } from './count.ts'
import { indented, parted } from './wrap.ts'

/** The end of a teardown: how much went, and each thing that stayed. */
export function removalLines(removed: number, leftovers: readonly Leftover[], width: number | null): string[] {
  const left = leftovers.length === 0 ? 'nothing left' : `left behind: ${countedTypes(leftovers)}`
  return [
    ...parted([`${counted(removed, 'thing')} removed`, left], ' ', width),
    ...leftovers.flatMap(({ type, name, runId }) => indented(`left: ${type} ${name} (run ${runId})`, '   ', width)),
  ]
}

import { followerAt } from './followers.ts'
import type { Region } from './span.ts'
import { blank, gapAt, none } from './squeeze.ts'

/**
 * What ended a chain of runs: a known part of the sentence, a character no value holds, other text behind a blank,
 * a bracket or an elision there (which says nothing of the run before it), or the region's limit.
 */
export type Stop = 'follower' | 'hard' | 'blank' | 'unclear' | 'limit'

/** Runs of characters parted by line breaks only: a value as a client may have wrapped it, then perhaps other text. */
export interface Chain {
  /** Where each run begins and ends. */
  runs: { start: number; end: number }[]
  stop: Stop
}

const mostRuns = 400

/** Follows runs over line breaks until something ends them. `runEnd` gives the end of the unbroken run at a place. */
export const readChain = (region: Region, from: number, runEnd: (start: number) => number): Chain => {
  const runs: Chain['runs'] = []
  let start = from
  while (runs.length < mostRuns) {
    const end = runEnd(start)
    if (end > start) runs.push({ start, end })
    if (end >= region.limit) return { runs, stop: 'limit' }
    if (followerAt(region, end) !== null) return { runs, stop: 'follower' }
    const gap = gapAt(region.squeezed, end)
    if (gap === none || end === start) return { runs, stop: 'hard' }
    if (gap === blank) return { runs, stop: '(.…'.includes(region.squeezed.text[end] ?? ' ') ? 'unclear' : 'blank' }
    start = end
  }
  return { runs, stop: 'limit' }
}

/**
 * End of the value at the head of a chain, or null when that cannot be told.
 * Closed by the sentence itself, all runs are the value. Otherwise the last run before a blank is other text's first word,
 * and any run behind a value that is already complete may be either.
 */
export const valueEnd = (chain: Chain, isComplete: (end: number) => boolean): number | null => {
  const last = chain.runs.at(-1)
  if (last === undefined) return null
  if (chain.stop === 'follower' || chain.runs.length === 1) return last.end
  const own = chain.stop === 'blank' ? chain.runs.slice(0, -1) : chain.runs
  if (chain.stop === 'unclear') return null
  const first = own.find(run => isComplete(run.end))
  if (first === undefined) return chain.stop === 'blank' ? null : last.end
  return first === own.at(-1) ? first.end : null
}

import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** Milliseconds of a whole process; throws when it does not end with 0. */
export function time([file, ...args], options = {}) {
  const begun = performance.now()
  const { status, stderr } = spawnSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options })
  const took = performance.now() - begun
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: exit ${status}\n${stderr}`)
  return took
}

/**
 * Runs A and B in turn (A B A B ...), so that a machine whose speed drifts slows both: the median of each, and the median of the ratios pair
 * by pair. `a` and `b` return milliseconds.
 */
export function pair(a, b, rounds) {
  a()
  b()
  const rows = Array.from({ length: rounds }, () => ({ a: a(), b: b() }))
  return {
    a: median(rows.map(row => row.a)),
    b: median(rows.map(row => row.b)),
    ratio: median(rows.map(row => row.a / row.b)),
  }
}

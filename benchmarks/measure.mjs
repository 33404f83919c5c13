import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

// Bare Node reads the certificates that this names at each start, and takes more than twice as long: what is measured against it would look
// good without being so.
delete process.env.NODE_EXTRA_CA_CERTS

export const quantile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * share)]
export const median = numbers => quantile(numbers, 0.5)

/** Milliseconds of a whole process; throws when it does not end with 0. */
export function time([file, ...args], options = {}) {
  const begun = performance.now()
  const { status, stderr } = spawnSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options })
  const took = performance.now() - begun
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: exit ${status}\n${stderr}`)
  return took
}

const atExit = fileURLToPath(new URL('at-exit.cjs', import.meta.url))

/**
 * Milliseconds of processor that a Node process takes, with the children it has waited for where the kernel tells: other work on the machine hardly
 * lengthens it. Throws where the process has not said what it took: nothing measured is not fast.
 */
export function processor(args, options = {}) {
  const { status, stderr } = spawnSync(process.execPath, ['--require', atExit, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    ...options,
  })
  if (status !== 0) throw new Error(`node ${args.join(' ')}: exit ${status}\n${stderr}`)
  const [, took = ''] = /^processor (\d+)$/m.exec(stderr) ?? []
  if (!(Number(took) > 0))
    throw new Error(`node ${args.join(' ')}: it did not say what processor time it took\n${stderr}`)
  return Number(took) / 1000
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

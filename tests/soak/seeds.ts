import { appendFileSync, readFileSync } from 'node:fs'
import pLimit from 'p-limit'

/** The full form of a proof: everything, many seeds; without it a sample, the same every time. */
export const full = process.env.SOAK !== undefined

/** Most of a run under faults is waiting: so many at once keep the processor busy, each in an account of its own. */
const atOnce = Number(process.env.SOAK_AT_ONCE ?? 16)

/** Lines of seeds that have been run, so that a soak that was stopped goes on where it was: `npm run soak` names the file. */
const ledger = process.env.SOAK_LEDGER

/** Labs that are this process's part of the proof: `SOAK_SHARD=1/2`, as `lab run --shard`. */
export function shardOf(labs: readonly string[]): string[] {
  const [part = 1, parts = 1] = (process.env.SOAK_SHARD ?? '1/1').split('/').map(Number)
  return labs.filter((_, index) => index % parts === part - 1)
}

export const seedsOf = (usual: number): number[] =>
  Array.from({ length: Number(process.env.SOAK_SEEDS ?? usual) }, (_, index) => index + 1)

interface Line {
  proof: string
  seed: number
  complaints: string[]
}

/**
 * Runs a proof once for each seed, many at once, and waits for all.
 *
 * @param most how many at once
 * @returns `seed N: what was wrong`, for those seeds with something wrong
 */
export async function everySeed(
  proof: string,
  seeds: readonly number[],
  run: (seed: number) => Promise<string[]>,
  most: number = atOnce,
): Promise<string[]> {
  const held = new Set(
    linesOf(ledger)
      .filter(line => line.proof === proof && line.complaints.length === 0)
      .map(({ seed }) => seed),
  )
  const limit = pLimit(most)
  const found = await Promise.all(
    seeds
      .filter(seed => !held.has(seed))
      .map(seed =>
        limit(async () => {
          const complaints = await run(seed).catch(error => [String((error as Error).stack)])
          if (ledger) appendFileSync(ledger, `${JSON.stringify({ proof, seed, complaints } satisfies Line)}\n`)
          return complaints.map(complaint => `seed ${seed}: ${complaint}`)
        }),
      ),
  )
  return found.flat()
}

function linesOf(file: string | undefined): Line[] {
  if (file === undefined) return []
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Line)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

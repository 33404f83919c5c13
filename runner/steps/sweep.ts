import pLimit from 'p-limit'
import type { Outcome } from '../../assertions/index.ts'
import { paged } from '../aws/paged.ts'
import { at, hasCode, listAt, tagsOf } from './answers.ts'
import type { Aws, Resource, Sweep, Swept } from './step-kind.ts'

/** The account could not be listed: nothing can be said of orphans. */
export class SweepRefused extends Error {
  readonly outcome: Outcome
  constructor(operation: string, outcome: Outcome) {
    super(`${operation}: ${outcome.outcome === 'allowed' ? '' : `${outcome.code}: ${outcome.message}`}`)
    this.name = 'SweepRefused'
    this.outcome = outcome
  }
}

interface SweepOf {
  list: string
  input?: Record<string, unknown>
  /** Member of the list's output. */
  member: string
  /** The operation that reads a thing's tags, its input, and the member that holds them: IAM's lists do not give tags. */
  tags: { operation: string; input: (found: unknown) => Record<string, unknown>; member: string }
  createdAt: (found: unknown) => unknown
  describe: (found: unknown) => { fields: unknown; resource: Resource }
}

/** How many tag reads at once: IAM throttles at some tens a second. */
const atOnce = 8

export const sweepOf = (sweep: SweepOf): Sweep => ({
  actions: [sweep.list, sweep.tags.operation],
  find: aws => sweepThings(aws, sweep),
})

/**
 * Lists things and reads each one's tags; gives those that a run of ours tagged.
 *
 * @throws SweepRefused when a read is refused or fails
 */
async function sweepThings(aws: Aws, sweep: SweepOf): Promise<Swept[]> {
  const listed = await paged(aws, sweep.list, sweep.input ?? {}, sweep.member)
  if (listed.outcome !== 'allowed') throw new SweepRefused(sweep.list, listed)
  const limit = pLimit(atOnce)
  const found = await Promise.all(
    listAt(listed.output, sweep.member).map(each =>
      limit(async (): Promise<Swept | null> => {
        const read = await aws.call(sweep.tags.operation, sweep.tags.input(each))
        // Deleted since it was listed.
        if (hasCode(read, 'NoSuchEntity', 'RepositoryNotFound')) return null
        if (read.outcome !== 'allowed') throw new SweepRefused(sweep.tags.operation, read)
        const tags = tagsOf(at(read.output, sweep.tags.member)) ?? {}
        if (tags['accesslab:run'] === undefined) return null
        const created = sweep.createdAt(each)
        return { ...sweep.describe(each), tags, createdAt: created instanceof Date ? created.getTime() : null }
      }),
    ),
  )
  return found.filter(each => each !== null)
}

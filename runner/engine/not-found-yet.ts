import type { Outcome } from '../../assertions/index.ts'
import { isRead } from '../aws/retry.ts'
import type { Aws, StepContext, Undone } from '../steps/step-kind.ts'
import type { Change, PastRun } from './runs.ts'
import { left } from './undo.ts'
import type { ToUndo } from './undo-groups.ts'

/** A change younger than this may be hidden from a read: AWS gives no number, and others wait two minutes for IAM (facts of Terraform's waiters). */
const young = 5 * 60_000

/** What is not found is asked for at least so often in a row, and for so many milliseconds, before it is believed. */
const inARow = 3
const believedAfter = 15_000

interface Missing {
  /** When it was first not found, performance.now(). */
  since: number
  /** So often in a row. */
  row: number
}

/** Has the calls of a context noticed. */
export type Watched = (context: StepContext) => StepContext

/**
 * What taking back did not find though the journal says that it was made, on a target whose answers need time: a read may be behind, and who
 * takes one such answer for "gone" leaves the thing behind for good. All of a pass are waited for together.
 *
 * @param notFoundFor milliseconds until it is believed
 */
export class NotFoundYet {
  readonly #eventual: boolean
  readonly #notFoundFor: number
  readonly #missing = new Map<string, Missing>()
  /** Things that this pass took something back of, or that are believed to be gone. */
  readonly #known = new Set<string>()

  constructor(eventual: boolean, notFoundFor = believedAfter) {
    this.#eventual = eventual
    this.#notFoundFor = notFoundFor
  }

  /**
   * One try to take a change back.
   *
   * @param thing what it was made to: not found for one change of it is not found for another
   * @returns `waits`: nothing was found, and that is not believed yet
   */
  async try(
    thing: string,
    { change, run }: ToUndo,
    undo: (watched: Watched) => Promise<Undone>,
  ): Promise<{ undone: Undone; waits: boolean }> {
    if (!this.#eventual || !isYoung(change, run)) return { undone: await undo(context => context), waits: false }
    const seen = { calls: 0, changes: 0 }
    const undone = await undo(context => watched(context, seen))
    if (seen.changes > 0) this.#known.add(thing)
    // Where no call was sent nothing was asked.
    const found = undone.result !== 'gone' || seen.calls === 0 || this.#known.has(thing)
    const { since, row } = this.#missing.get(thing) ?? { since: performance.now(), row: 0 }
    if (!found && (row + 1 < inARow || performance.now() - since < this.#notFoundFor)) {
      this.#missing.set(thing, { since, row: row + 1 })
      return { undone: left(tooNew), waits: true }
    }
    this.#missing.delete(thing)
    if (found) return { undone, waits: false }
    this.#known.add(thing)
    return { undone: { note: `not there, asked ${row + 1} times`, ...undone }, waits: false }
  }

  /** Milliseconds until the first of what is waited for may be believed; Infinity: nothing is. */
  remaining(): number {
    const now = performance.now()
    return Math.min(...[...this.#missing.values()].map(({ since }) => Math.max(0, since + this.#notFoundFor - now)))
  }

  /** What a person is told who waits for it. */
  notice(things: number): string {
    const what = things === 1 ? '1 change is' : `${things} changes are`
    return `${what} not found, and so new that an answer may be behind: asked again for ${Math.ceil(this.#notFoundFor / 1000)} s`
  }
}

const tooNew = 'it was not found, which is not believed of what is so new: tear down again'

/** true where the journal does not say when it was made, nor its run. */
const isYoung = ({ at }: Change, { start }: PastRun): boolean =>
  !(Date.now() - Date.parse(at ?? start.startedAt) >= young)

function watched(context: StepContext, seen: { calls: number; changes: number }): StepContext {
  const watch = (aws: Aws): Aws => ({
    ...aws,
    call: async (operation, input): Promise<Outcome> => {
      seen.calls += 1
      const outcome = await aws.call(operation, input)
      if (outcome.outcome === 'allowed' && !isRead(operation)) seen.changes += 1
      return outcome
    },
  })
  return { ...context, aws: watch(context.aws), admin: watch(context.admin) }
}

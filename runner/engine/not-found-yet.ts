import type { Outcome } from '../../assertions/index.ts'
import { isRead } from '../aws/retry.ts'
import type { Aws, StepContext, Undone } from '../steps/step-kind.ts'
import type { Emit } from './events.ts'
import { left } from './undo.ts'

/** A change younger than this may be hidden from a read: AWS gives no number, and others wait two minutes for IAM. */
const young = 5 * 60_000

/** What is not found is asked for at least so often in a row, and for so many milliseconds, before it is believed. */
const inARow = 3
const believedAfter = 15_000

/**
 * Is what was not found so often in a row taken for not there?
 *
 * @param elapsed milliseconds since it was first not found
 */
export const isBelieved = (row: number, elapsed: number, notFoundFor = believedAfter): boolean =>
  row >= inARow && elapsed >= notFoundFor

interface Missing {
  /** When it was first not found, performance.now(). */
  since: number
  /** So often in a row. */
  row: number
}

/** Has the calls of a context noticed. */
export type Watched = (context: StepContext) => StepContext

/**
 * What taking back did not find though it was made, or may have been, on a target whose answers need time: a read may be behind, and who takes
 * one such answer for "gone" leaves the thing behind for good. All of a pass are waited for together.
 */
export class NotFoundYet {
  readonly #eventual: boolean
  readonly #notFoundFor: number
  readonly #missing = new Map<string, Missing>()
  /** Things that this pass took something back of, or that are believed to be gone. */
  readonly #known = new Set<string>()
  #told = false

  /** @param notFoundFor milliseconds until it is believed; default: 15 s */
  constructor(eventual: boolean, notFoundFor = believedAfter) {
    this.#eventual = eventual
    this.#notFoundFor = notFoundFor
  }

  /**
   * One try to take a change back. What was not found, and is not believed to be gone yet, is left.
   *
   * @param thing what it was made to: not found for one change of it is not found for another
   * @param madeAt epoch milliseconds; null: not known
   */
  async try(thing: string, madeAt: number | null, undo: (watched: Watched) => Promise<Undone>): Promise<Undone> {
    const old = madeAt !== null && Date.now() - madeAt >= young
    if (!this.#eventual || old) return undo(context => context)
    const seen: Calls = { calls: 0, changes: 0 }
    const undone = await undo(context => watched(context, seen))
    // What was only cleared (a user, of one of his keys) is there yet.
    if (undone.result === 'gone' && seen.changes > 0) this.#known.add(thing)
    // Where no call was sent nothing was asked.
    const found = undone.result !== 'gone' || seen.calls === 0 || this.#known.has(thing)
    const { since, row } = this.#missing.get(thing) ?? { since: performance.now(), row: 0 }
    if (!found && !isBelieved(row + 1, performance.now() - since, this.#notFoundFor)) {
      this.#missing.set(thing, { since, row: row + 1 })
      return left(tooNew)
    }
    this.#missing.delete(thing)
    if (found) return undone
    this.#known.add(thing)
    return { note: `not there, asked ${row + 1} times`, ...undone }
  }

  /** So many things are waited for. */
  get waiting(): number {
    return this.#missing.size
  }

  /** Milliseconds until the first of what is waited for may be believed; Infinity: nothing is. */
  remaining(): number {
    const now = performance.now()
    return Math.min(...[...this.#missing.values()].map(({ since }) => Math.max(0, since + this.#notFoundFor - now)))
  }

  /** Tells once, before the first pause, what is waited for. */
  tell(emit: Emit): void {
    if (this.waiting === 0 || this.#told) return
    this.#told = true
    const things = this.waiting === 1 ? '1 thing is' : `${this.waiting} things are`
    const seconds = Math.ceil(this.#notFoundFor / 1000)
    emit({
      type: 'note',
      text: `${things} not found, and so new that the answer may be behind: asked again for ${seconds} s`,
    })
  }
}

const tooNew = 'it was not found, which is not believed of what is so new: tear down again'

/** What was sent, and how much of it changed something. */
export interface Calls {
  calls: number
  changes: number
}

/** A context whose calls are counted. */
export function watched(context: StepContext, seen: Calls): StepContext {
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

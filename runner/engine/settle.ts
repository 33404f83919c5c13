import { setTimeout } from 'node:timers/promises'
import type { Outcome, Verdict } from '../../assertions/index.ts'

export interface Settling {
  ask: () => Promise<Outcome>
  judge: (outcome: Outcome) => Verdict
  /** true: answers need time, and may flap. false: one answer settles it. */
  eventual: boolean
  /** true: nothing has just been changed, so three equal answers in a row are the answer, right or wrong. Default: false. */
  steady?: boolean
  /** An answer after which nothing is asked again, whatever the target: a change that was made. Default: none. */
  final?: (outcome: Outcome) => boolean
  /** Milliseconds in which it must become true and hold, all in all. */
  within: number
  /** Milliseconds that it must hold once it has become true. */
  stays: number
  signal: AbortSignal
  onAnswer?: (attempts: number, elapsedMs: number, verdict: Verdict) => void
  /** Milliseconds, monotonic. */
  now?: () => number
  pause?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
}

export interface Settled {
  outcome: Outcome
  verdict: Verdict
  attempts: number
  /** Milliseconds until the first of the answers that stayed was asked for; all of the time where none stayed. */
  waitedMs: number
  /** false: within its time the answers never came to rest. */
  settled: boolean
}

/** So many equal answers in a row make a change certain: AWS's answers flap while a change spreads (facts, section 9). */
const inARow = 3

/** Longest pause between two answers, in milliseconds. */
const longest = 2_000

/** Milliseconds for which nothing may have been heard by the end, or what was heard before says nothing of the end. */
const silence = 2 * longest

/**
 * Asks until the expected answer has come three times in a row and then held for `stays`; or until `within` is over. Then three equal wrong
 * answers in a row are the answer; anything else has not settled. On an immediate target the first answer is the answer.
 */
export async function settle(settling: Settling): Promise<Settled> {
  const { ask, judge, within, stays, signal } = settling
  const now = settling.now ?? (() => performance.now())
  const pause = settling.pause ?? ((ms, abort) => setTimeout(ms, undefined, { signal: abort }).catch(() => undefined))
  const begun = now()
  let row = 0
  let last: string | null = null
  let heldSince: number | null = null
  let rowBegan = 0
  let heard = begun
  let latest: Omit<Settled, 'settled'> | null = null
  /** Its time is over: what the answers so far come to. */
  const ended = (answered: Omit<Settled, 'settled'>, elapsed: number): Settled => {
    const settled = !answered.verdict.passed && row >= inARow && now() - heard <= silence && !signal.aborted
    return { ...answered, waitedMs: settled ? rowBegan : elapsed, settled }
  }
  for (let attempts = 1; ; attempts += 1) {
    const asked = now()
    const outcome = await ask()
    const verdict = judge(outcome)
    const elapsed = now() - begun
    // As long as the last answer took, the next one may: it must not come after the time is over. One that was held up is no measure.
    const over = elapsed + Math.min(now() - asked, longest) >= within
    settling.onAnswer?.(attempts, elapsed, verdict)
    if (!settling.eventual) return { outcome, verdict, attempts, waitedMs: 0, settled: true }
    if (settling.final?.(outcome)) return { outcome, verdict, attempts, waitedMs: asked - begun, settled: true }
    // What the end of its time cut off was not asked: the answers before it stand.
    if (over && latest && isCutOff(outcome)) return ended(latest, elapsed)
    const answer = likeness(outcome, verdict)
    if (answer !== null) heard = now()
    row = answer !== null && answer === last ? row + 1 : answer === null ? 0 : 1
    last = answer
    if (row === 1) rowBegan = asked - begun
    if (!verdict.passed || row < inARow) heldSince = null
    else heldSince ??= now()
    const answered = { outcome, verdict, attempts, waitedMs: rowBegan }
    if (settling.steady && row >= inARow) return { ...answered, settled: true }
    if (heldSince !== null && now() - heldSince >= stays) return { ...answered, settled: true }
    if (over || signal.aborted) return ended(answered, elapsed)
    latest = answered
    const interval =
      heldSince === null ? Math.min(longest, 100 * 1.3 ** (attempts - 1)) : Math.min(500, Math.max(100, stays / 10))
    await pause(Math.max(1, Math.min(interval, within - elapsed - Math.min(now() - asked, longest))), signal)
  }
}

/** The time of the step was over before it came (aws/limits.ts). */
const isCutOff = (outcome: Outcome): boolean =>
  outcome.outcome === 'failed' && outcome.cause === 'network' && outcome.code === 'TimeoutError'

/** What makes two answers equal; null: no answer at all (throttled, unavailable, no connection), which settles nothing. */
function likeness(outcome: Outcome, verdict: Verdict): string | null {
  if (outcome.outcome === 'failed' && ['throttled', 'unavailable', 'network'].includes(outcome.cause)) return null
  if (outcome.outcome === 'allowed') return JSON.stringify(['allowed', verdict.passed, verdict.differences])
  const denial = outcome.outcome === 'denied' ? outcome.denial : null
  return JSON.stringify([outcome.outcome, outcome.code, denial?.decision, denial?.policyType, denial?.action])
}

import type { Denied, Expectation, Outcome, Verdict } from '../../assertions/index.ts'
import type { TurnsOn } from '../../policy/index.ts'

/** A decision that turns on condition keys of which nothing is known here. */
export class Undecidable extends Error {
  /** Where it is a refusal whatever they are: that refusal without its reason, which is open. */
  readonly denial: Denied | null

  constructor(action: string, turnsOn: readonly TurnsOn[], denial: Denied | null) {
    const named = new Set(turnsOn.map(({ key, policy }) => `\`${key}\`, which is not known here (\`${policy}\`)`))
    super(`whether ${action} is allowed, or why not, turns on ${[...named].join(' and ')}`)
    this.name = 'Undecidable'
    this.denial = denial
  }
}

/**
 * The answer; where only the reason of a refusal is open, that refusal, if nobody asks for the reason.
 *
 * @throws Undecidable where the verdict turns on it
 */
export async function whateverTheReason<Answer extends Outcome | null>(
  ask: () => Promise<Answer>,
  { kind }: Expectation,
  judged: (outcome: Outcome) => Verdict,
): Promise<Answer | Denied> {
  try {
    return await ask()
  } catch (error) {
    const denial = error instanceof Undecidable ? error.denial : null
    if (denial === null) throw error
    const { passed, unproven } = judged(denial)
    const reasonless = passed && !unproven.some(field => field === 'decision' || field === 'policyType')
    if (kind === 'allow' || reasonless) return denial
    throw error
  }
}

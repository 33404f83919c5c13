import type { Failed } from '../../assertions/index.ts'
import type { Aws, PreparedStep, StepContext } from '../steps/step-kind.ts'
import { saysNothing } from './report-step.ts'

export interface Before {
  before: Record<string, unknown> | null
  /** AWS gave no answer on what is there: what is changed now could never be put back. null: it did, be it that it may not be read. */
  unread: Failed | null
}

/** Reads what a change will replace. */
export async function readBefore(prepared: PreparedStep, context: StepContext): Promise<Before> {
  let unread: Failed | null = null
  const watch = (aws: Aws): Aws => ({
    ...aws,
    call: async (operation, input) => {
      const outcome = await aws.call(operation, input)
      if (outcome.outcome === 'failed' && saysNothing(outcome)) unread ??= outcome
      return outcome
    },
  })
  const seen = { ...context, aws: watch(context.aws), admin: watch(context.admin) }
  return { before: (await prepared.before?.(seen)) ?? null, unread }
}

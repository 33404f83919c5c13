import { setTimeout } from 'node:timers/promises'
import { duration } from './fields.ts'
import { done, localFailure } from './local-outcome.ts'
import { defineStep } from './step-kind.ts'

export const wait = defineStep({
  kind: 'wait',
  summary: 'Wait for a fixed time; prefer `within` and `stays`, which wait only as long as it takes',
  example: '5s',
  effect: 'local',
  schema: duration('How long to wait: 500ms, 5s, 2m'),
  touches: () => [],
  prepare: milliseconds => ({
    title: `${milliseconds / 1000} s`,
    actions: [],
    permissions: () => ({ run: [], verify: [], undo: [] }),
    commands: () => [['sleep', String(milliseconds / 1000)]],
    resource: () => null,
    run: async ({ signal }) => {
      await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
      return {
        outcome: signal.aborted ? localFailure('Interrupted', 'interrupted before its time was over') : done({}),
      }
    },
  }),
})

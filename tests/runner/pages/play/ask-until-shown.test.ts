import { expect, test } from 'vitest'
import type { Stage } from '../../../../runner/engine/stage.ts'
import { askUntilShown } from '../../../../runner/pages/play/ask-until-shown.ts'
import type { PlayedCommand } from '../../../../runner/pages/play/play-command.ts'
import type { CallsMade } from '../../../../runner/pages/shim/page-calls.ts'

/** A command whose shell gives these answers one after the other, the last one for ever. */
function asked(
  answers: readonly string[],
  { effect = 'reads', eventual = true, within = 10_000, text = 'aws ecr list-images' }: Partial<Given> = {},
) {
  let count = 0
  const waits: number[] = []
  const calls = { current: null, made: [] as CallsMade[] }
  const session = {
    run: async () => {
      calls.made.push({ effect, name: 'x', stranger: null })
      const stdout = answers[Math.min(count, answers.length - 1)] ?? ''
      count += 1
      return { end: 'done', exitCode: 0, stdout, stderr: '' }
    },
  }
  const stage = {
    target: { eventual },
    secrets: new Set(),
    options: { catalogue: { timings: { within } }, signal: new AbortController().signal },
  } as unknown as Stage
  const played = {
    shell: { session, calls, scratch: { secrets: async () => [] } },
    planned: { lab: { id: 'page.md' } },
    step: { id: 'step-1' },
    command: { text, output: { text: 'v1' }, mode: 'run', timeout: null },
    emit: (event: { attempts: number }) => waits.push(event.attempts),
  } as unknown as PlayedCommand
  return askUntilShown(stage, played, performance.now()).then(({ verdict, attempts }) => ({
    passed: verdict.passed,
    attempts,
    waits,
  }))
}

interface Given {
  effect: CallsMade['effect']
  eventual: boolean
  within: number
  text: string
}

test('a read is asked until what the page shows has come', async () => {
  expect(await asked(['v0', 'v0', 'v1'])).toEqual({ passed: true, attempts: 3, waits: [1, 2] })
})

test.each([
  ['what changes something', { effect: 'changes' }],
  ['a target that is immediate', { eventual: false }],
  ['a time that is over', { within: 0 }],
  ['what adds to a file', { text: 'aws ecr list-images >> all.txt' }],
] as const)('%s is asked once', async (_, given) => {
  expect(await asked(['v0', 'v1'], given)).toEqual({ passed: false, attempts: 1, waits: [] })
})

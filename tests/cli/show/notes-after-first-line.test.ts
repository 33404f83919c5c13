import { expect, test } from 'vitest'
import { notesAfterFirstLine } from '../../../cli/show/notes-after-first-line.ts'
import type { EngineEvent } from '../../../runner/engine/events.ts'

const note = (text: string): EngineEvent => ({ type: 'note', text })
const run: EngineEvent = { type: 'run', runId: null, target: 'sandbox', accountId: '111122223333', region: 'us-west-2' }

test.each<[string, EngineEvent[], EngineEvent[]]>([
  ['a note before the first line waits for it', [note('a'), run, note('b')], [run, note('a'), note('b')]],
  ['without a first line it is told at the end', [note('a')], [note('a')]],
])('%s', (_, emitted, shown) => {
  const found: EngineEvent[] = []
  const { emit, flush } = notesAfterFirstLine(event => found.push(event))
  for (const event of emitted) emit(event)
  flush()
  expect(found).toEqual(shown)
})

import { expect, test } from 'vitest'
import { waitingWords } from '../../../cli/show/waiting-words.ts'

const waiting = { type: 'waiting', lab: 'a', step: 's', attempts: 3, elapsedMs: 2_000, last: 'allowed' } as const

test.each([
  [waiting, 'so far allowed (3 answers)'],
  [{ ...waiting, attempts: 1, wanted: 'denied' }, 'waiting for denied; so far allowed (1 answer)'],
  [{ ...waiting, wanted: 'allowed', holds: true }, 'allowed; making sure that it stays (3 answers)'],
])('%j', (event, words) => expect(waitingWords(event)).toBe(words))

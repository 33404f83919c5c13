import { expect, test } from 'vitest'
import { badLabs } from './bad-labs.rows.ts'
import { demo, loadDemo } from './folder.ts'

test.each(badLabs)('$name', async ({ yaml, at, message, hint, count }) => {
  const { said } = await loadDemo({ [demo]: yaml })
  expect(said[0]).toMatchObject({ at: `${demo}:${at}`, message: expect.stringContaining(message) })
  if (hint === null) expect(said[0]?.hint ?? '').toBe('')
  else expect(said[0]?.hint).toContain(hint)
  expect(said).toHaveLength(count ?? 1)
})

test('no text of the parsers is shown raw', async () => {
  for (const { yaml } of badLabs) {
    for (const { message } of (await loadDemo({ [demo]: yaml })).said)
      expect(message).not.toMatch(/^[A-Z]|Invalid|Too (small|big)|\.$/)
  }
})

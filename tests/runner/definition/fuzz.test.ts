import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLabText } from '../../../runner/definition/index.ts'
import { stepKinds } from '../../../runner/steps/index.ts'

const file = fileURLToPath(new URL('../../../labs/identity-policies/lab.yaml', import.meta.url))
const text = await readFile(file, 'utf8')

/** Pieces that matter to YAML, to templates or to the schema. */
const pieces = [
  '{',
  '}',
  '[',
  ']',
  '{{',
  '}}',
  '"',
  "'",
  ':',
  ': ',
  '- ',
  '\n',
  '\t',
  '#',
  '&a ',
  '*a',
  '!x ',
  '<<: ',
  '|',
  '>',
  '---\n',
  '\u0000',
  'null',
  '~',
  '5',
  'file: ../../x',
  '__proto__: ',
  'constructor',
  '\uFEFF',
  '\r\n',
  '💥',
]

const damage = fc.tuple(fc.nat(text.length), fc.nat(12), fc.constantFrom(...pieces))

test('a damaged lab is read or refused in words of ours, never a crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async places => {
      const damaged = places.reduce((now, [at, cut, piece]) => now.slice(0, at) + piece + now.slice(at + cut), text)
      const { lab, problems } = await readLabText(file, damaged, 'identity-policies', stepKinds)
      expect(lab !== null || problems.length > 0).toBe(true)
      const lines = damaged.split('\n')
      for (const { place, message } of problems.filter(problem => problem.place.file === file)) {
        expect(place.line).toBeLessThanOrEqual(lines.length)
        expect(place.column).toBeLessThanOrEqual((lines[place.line - 1]?.length ?? 0) + 1)
        expect(message).not.toMatch(/Invalid|undefined|\[object/)
      }
    }),
    { numRuns: 300 },
  )
})

test('the whole text cut anywhere is read or refused', async () => {
  for (let end = 0; end < text.length; end += 7) {
    const { lab, problems } = await readLabText(join(file), text.slice(0, end), 'identity-policies', stepKinds)
    expect(lab !== null || problems.length > 0).toBe(true)
  }
})

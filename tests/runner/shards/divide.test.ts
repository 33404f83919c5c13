import fc from 'fast-check'
import { expect, test } from 'vitest'
import { divide, type Piece } from '../../../runner/shards/divide.ts'

const piece = (name: string, weight: number | null = null, needs: string[] = []): Piece => ({ name, weight, needs })

test.each<[string, Piece[], number, string[][]]>([
  [
    'by number where nothing is known',
    ['a', 'b', 'c', 'd', 'e'].map(name => piece(name)),
    2,
    [
      ['a', 'c', 'e'],
      ['b', 'd'],
    ],
  ],
  ['the longest alone', [piece('a', 1), piece('b', 9), piece('c', 2), piece('d', 3)], 2, [['b'], ['a', 'c', 'd']]],
  ['what is not known takes the median', [piece('a', 4), piece('b'), piece('c', 8)], 2, [['a', 'b'], ['c']]],
  [
    'set up once: what needs the same stays together',
    [piece('base', 10), piece('one', 1, ['base']), piece('two', 1, ['base']), piece('other', 10)],
    2,
    [['base', 'one', 'two'], ['other']],
  ],
  ['more parts than pieces', [piece('a'), piece('b')], 4, [['a'], ['b'], [], []]],
  ['nothing', [], 3, [[], [], []]],
])('%s', (_, pieces, count, parts) => {
  expect(divide(pieces, count)).toEqual(parts)
})

test('each piece stands in one part, in order, always alike; no part is longer than twice the ideal and the longest piece', () => {
  const weights = fc.array(fc.option(fc.integer({ min: 1, max: 1000 })), { maxLength: 60 })
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 12 }), (list, count) => {
      const pieces = list.map((weight, index) => piece(String(index), weight))
      const parts = divide(pieces, count)
      expect(parts.flat().sort()).toEqual(pieces.map(({ name }) => name).sort())
      for (const part of parts) expect(part.map(Number)).toEqual(part.map(Number).sort((a, b) => a - b))
      expect(divide(pieces, count)).toEqual(parts)
      if (list.every(weight => weight !== null) && list.length > 0) {
        const of = (names: string[]) => names.reduce((sum, name) => sum + (list[Number(name)] ?? 0), 0)
        const total = of(pieces.map(({ name }) => name))
        expect(Math.max(...parts.map(of))).toBeLessThanOrEqual(total / count + Math.max(...list.map(each => each ?? 0)))
      }
    }),
    { seed: 11 },
  )
})

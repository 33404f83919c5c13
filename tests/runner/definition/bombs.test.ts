import { expect, test } from 'vitest'
import { demo, loadDemo } from './folder.ts'

const step = 'steps:\n  - wait: 1s\n'
const head = 'id: demo\ntitle: Demo\n'

const laughs = (levels: number): string =>
  Array.from(
    { length: levels },
    (_, level) =>
      `  l${level}: &l${level} [${Array(9)
        .fill(level === 0 ? 'ha' : `*l${level - 1}`)
        .join(', ')}]`,
  ).join('\n')

test.each([
  ['nine laughs', `${head}vars:\n${laughs(9)}\n${step}`, /aliases are used|expands to more/],
  [
    'few aliases of large lists',
    `${head}vars:\n  a: &a [${Array(9000).fill('x').join(',')}]\n  b: [*a, *a, *a]\n${step}`,
    /expands to more than 20000 values/,
  ],
  ['an anchor in itself', `${head}vars:\n  a: &a [*a]\n${step}`, /holds an alias of itself|has no anchor/],
  ['deep brackets', `${head}vars: { a: ${'['.repeat(200)}${']'.repeat(200)} }\n${step}`, /nested (too deep|deeper)/],
  ['very deep brackets', `${head}vars: { a: ${'['.repeat(200_000)}`, /nested (too deep|deeper)|bracket/],
  ['very deep maps', `${head}vars: ${'{a: '.repeat(50_000)}`, /nested (too deep|deeper)|bracket/],
  ['deep dashes', `${head}vars:\n  a:\n    ${'- '.repeat(20_000)}x\n${step}`, /nested (too deep|deeper)/],
])('%s', async (_, yaml, message) => {
  const { said } = await loadDemo({ [demo]: yaml })
  expect(said[0]?.message).toMatch(message)
})

test('an alias or two may be used, and a key such as __proto__ is a key', async () => {
  const yaml = `${head}vars: { a: &a { k: v }, b: *a }\n${step}`
  const { labs } = await loadDemo({ [demo]: yaml })
  expect(labs[0]?.vars).toEqual({ a: { k: 'v' }, b: { k: 'v' } })
  const { said } = await loadDemo({ [demo]: `${head}__proto__: { polluted: 1 }\n${step}` })
  expect(said).toMatchObject([{ message: 'unknown key `__proto__`' }])
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

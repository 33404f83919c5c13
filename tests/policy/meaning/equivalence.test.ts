import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePolicy, decide, meansTheSame, type PolicySet } from '../../../policy/index.ts'
import { request } from '../arbitraries.ts'
import { bases, type Document, otherPairs, otherWays, samePairs, sameWays } from './variants.ts'

type Grammar = (typeof bases)[number][1]

const rowsOf = (ways: typeof sameWays) =>
  bases.flatMap(([base, grammar, document]) =>
    ways.map(([way, change]) => [base, way, grammar, document, change(document)] as const),
  )

const pairs = (given: typeof samePairs) =>
  given.map(([way, grammar, one, other]) => ['what is not meant', way, grammar, one, other] as const)

describe('60 pairs that mean the same', () => {
  test('are 60 at least', () => expect(rowsOf(sameWays).length).toBeGreaterThanOrEqual(60))
  test.each([...rowsOf(sameWays), ...pairs(samePairs)])('%s: %s', (_base, _way, grammar, one, other) => {
    expect(meansTheSame(one, other, grammar)).toEqual({ same: true, differences: [] })
    expect(meansTheSame(other, one, grammar).same).toBe(true)
  })
})

describe('60 near misses', () => {
  test('are 60 at least', () => expect(rowsOf(otherWays).length).toBeGreaterThanOrEqual(60))
  test.each([...rowsOf(otherWays), ...pairs(otherPairs)])('%s: %s', (_base, _way, grammar, one, other) => {
    const { same, differences } = meansTheSame(one, other, grammar)
    expect(same).toBe(false)
    expect(differences.length).toBeGreaterThan(0)
    expect(meansTheSame(other, one, grammar).same).toBe(false)
  })
})

const setOf = (grammar: Grammar, document: Document): PolicySet => {
  const policy = { name: 'one', policy: compilePolicy(document) }
  if (grammar === 'identity') return { identity: [policy] }
  return grammar === 'trust' ? { identity: [], trust: policy } : { identity: [], resource: [policy] }
}

/** Several changes one after another may make what is no policy. */
function isPolicy(grammar: Grammar, document: Document): boolean {
  try {
    return meansTheSame(document, document, grammar).same && setOf(grammar, document) !== null
  } catch {
    return false
  }
}

/** Any document that these changes make of one another. */
const variants = fc.constantFrom(...bases).chain(([, grammar, document]) => {
  const same = fc.array(fc.constantFrom(...sameWays), { maxLength: 4 })
  const other = fc.option(fc.constantFrom(...otherWays), { freq: 2 })
  const variant = fc
    .tuple(same, other)
    .map(([ways, last]) => [...ways, ...(last ? [last] : [])].reduce((made, [, change]) => change(made), document))
  return fc.tuple(fc.constant(grammar), variant, variant)
})

test('documents that are called equal decide 1,000 random requests alike', () => {
  const requests = fc.sample(request, { numRuns: 1000, seed: 2026 })
  let equal = 0
  fc.assert(
    fc.property(variants, ([grammar, one, other]) => {
      fc.pre(isPolicy(grammar, one) && isPolicy(grammar, other))
      if (!meansTheSame(one, other, grammar).same) return
      equal += 1
      const [left, right] = [setOf(grammar, one), setOf(grammar, other)]
      for (const asked of requests) expect(decide(asked, left).decision).toBe(decide(asked, right).decision)
    }),
    { numRuns: 300, seed: 2026 },
  )
  expect(equal).toBeGreaterThan(20)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileAction } from '../../../policy/action-pattern.ts'
import { StringLike } from '../../../policy/conditions/string.ts'
import { compilePolicy, decide, meansTheSame } from '../../../policy/index.ts'
import { arnForm, covers, freeForm, freeTokens, resourceTokens, uncovered } from '../../../policy/meaning/covered.ts'
import { compileResource } from '../../../policy/resource-pattern.ts'
import { request } from '../arbitraries.ts'

const account = '111122223333'
const arn = (name: string) => `arn:aws:ecr:us-west-2:${account}:repository/${name}`
const statement = (more: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] })
const doing = (Action: string | string[]) => statement({ Action, Resource: '*' })
const on = (Resource: string | string[]) => statement({ Action: 'ecr:*', Resource })
const when = (operator: string, values: string | string[]) =>
  statement({ Action: 'ecr:*', Resource: '*', Condition: { [operator]: { 'ecr:ResourceTag/a': values } } })
const not = (name: 'NotAction' | 'NotResource', entries: string | string[]) =>
  statement({ ...(name === 'NotAction' ? { Resource: '*' } : { Action: 'ecr:*' }), [name]: entries })

describe('what another entry of the list covers says nothing', () => {
  test.each([
    ['an action', doing(['ecr:*', 'ecr:ListImages']), doing('ecr:*')],
    ['in other case', doing(['ECR:listimages', 'ecr:List*']), doing('ecr:List*')],
    ['everything', doing(['ecr:ListImages', '**', 'iam:*']), doing('*')],
    ['one within the other', doing(['ecr:*Image*', 'ecr:*Images', 'ecr:ListImages']), doing('ecr:*Image*')],
    ['a resource', on([arn('team-a/*'), arn('team-a/x')]), on(arn('team-a/*'))],
    ['any resource', on([arn('team-a/*'), '*', arn('${aws:username}')]), on('*')],
    ['a region', on([`arn:aws:ecr:*:${account}:repository/x`, arn('x')]), on(`arn:aws:ecr:*:${account}:repository/x`)],
    ['of NotAction', not('NotAction', ['ecr:*', 'ecr:ListImages']), not('NotAction', 'ecr:*')],
    ['of NotResource', not('NotResource', [arn('*'), arn('x')]), not('NotResource', arn('*'))],
    ['of StringLike', when('StringLike', ['a*', 'ab']), when('StringLike', 'a*')],
    ['of StringNotLike', when('StringNotLike', ['a*', 'ab']), when('StringNotLike', 'a*')],
    ['of a set', when('ForAllValues:StringNotLike', ['a*', 'ab']), when('ForAllValues:StringNotLike', 'a*')],
    ['runs of `*`', doing('ecr:**'), doing('ecr:*')],
    ['`*` and `?` in either order', doing(['ecr:*?*', 'ecr:?*']), doing('ecr:*?')],
    ['the same of a resource’s name', on(arn('*?/**')), on(arn('?*/*'))],
  ])('%s', (_name, one, other) => {
    expect(meansTheSame(one, other, 'identity')).toEqual({ same: true, differences: [] })
    expect(meansTheSame(other, one, 'identity').same).toBe(true)
  })
})

describe('near misses', () => {
  test.each([
    ['the wide for the narrow', doing(['ecr:List*', 'ecr:ListImages']), doing('ecr:ListImages')],
    ['an entry that is not covered', doing(['ecr:List*', 'ecr:PutImage']), doing('ecr:List*')],
    ['another service', doing(['ecr:*', 'iam:ListImages']), doing('ecr:*')],
    ['`?` for `*`', doing('ecr:?'), doing('ecr:*')],
    ['one character at least', doing('ecr:List?*'), doing('ecr:List*')],
    ['two at least', doing('ecr:*??'), doing('ecr:*?')],
    ['a resource in other case', on([arn('team-a/*'), arn('Team-a/x')]), on(arn('team-a/*'))],
    ['another account', on([arn('*'), arn('x').replace(account, '444455556666')]), on(arn('*'))],
    [
      '`*` that stays in its part',
      on([`arn:aws:ecr:u*t-2:${account}:x`, `arn:aws:ecr:us:at-2:${account}:x`]),
      on(`arn:aws:ecr:u*t-2:${account}:x`),
    ],
    ['`*?` and `?*` in the head of an ARN', on(`arn:aws:ecr:*?:${account}:x`), on(`arn:aws:ecr:?*:${account}:x`)],
    ['`arn:*` and everything', on('arn:*'), on('*')],
    ['a variable', on([arn('u*'), arn('${aws:username}')]), on(arn('u*'))],
    ['a star as a character', on([arn('a*'), arn('a${*}')]), on(arn('a${*}'))],
    ['NotAction, the narrow alone', not('NotAction', ['ecr:*', 'ecr:ListImages']), not('NotAction', 'ecr:ListImages')],
    ['NotAction for Action', not('NotAction', ['ecr:*', 'ecr:ListImages']), doing('ecr:*')],
    ['NotResource, the narrow alone', not('NotResource', [arn('*'), arn('x')]), not('NotResource', arn('x'))],
    ['NotResource of everything', not('NotResource', [arn('*'), '*']), not('NotResource', arn('*'))],
    ['StringNotLike, the narrow alone', when('StringNotLike', ['a*', 'ab']), when('StringNotLike', 'ab')],
    ['StringLike for its negation', when('StringLike', ['a*', 'ab']), when('StringNotLike', 'a*')],
    ['StringEquals knows no wildcard', when('StringEquals', ['a*', 'ab']), when('StringEquals', 'a*')],
    ['nor does StringNotEquals', when('StringNotEquals', ['a*', 'ab']), when('StringNotEquals', 'a*')],
    ['every value is not any', when('ForAllValues:StringLike', ['a*', 'ab']), when('ForAnyValue:StringLike', 'a*')],
    ['a key that must be there', when('StringLike', ['*', 'ab']), doing('ecr:*')],
  ])('%s', (_name, one, other) => {
    expect(meansTheSame(one, other, 'identity').same).toBe(false)
    expect(meansTheSame(other, one, 'identity').same).toBe(false)
  })
})

const soak = process.env.SOAK !== undefined
/** Few characters, so that patterns meet. */
const free = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?', '*'), minLength: 1, maxLength: 6 })
const part = fc.constantFrom('a', 'ab', '*', '?', 'a*', '*?', '?*', '**', 'a**', '*a', '*?*')
const arnLike = fc
  .tuple(part, part, part, fc.option(free))
  .map(([a, b, c, d]) => ['arn', a, b, c, ...(d === null ? [] : ['a', d])].join(':'))
const plain = (pattern: string, fill: readonly string[]): string => {
  let at = 0
  return pattern.replace(/[*?]/g, sign => (sign === '?' ? (fill[at++]?.[0] ?? 'a') : (fill[at++] ?? '')))
}
/** Texts that a pattern matches, or nearly. */
const fills = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 3 }), { maxLength: 6 })
/** Two patterns, the second by chance the first with something in place of its wildcards. */
const pairOf = (pattern: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.tuple(pattern, pattern),
    fc.tuple(pattern, fills).map(([wide, fill]) => [wide, plain(wide, fill)] as const),
    fc.tuple(pattern, fills).map(([wide, fill]) => [plain(wide, fill), wide] as const),
  )
const none = { single: () => null }

const kinds = [
  [
    'actions',
    free,
    freeTokens,
    freeForm,
    (text: string) => (one: string) =>
      compileAction(`x:z${text.replaceAll(':', 'c')}`, '').matches(`x:z${one.replaceAll(':', 'c')}`),
  ],
  [
    'values of StringLike',
    free,
    freeTokens,
    freeForm,
    (text: string) => (one: string) => StringLike.compile(text, true, '')(one, none),
  ],
  [
    'resources',
    arnLike,
    resourceTokens,
    arnForm,
    (text: string) => (one: string) => compileResource(text, true, '').matches(one, none),
  ],
] as const

test.each(kinds)(
  '%s: a covered entry matches nothing that its cover does not, and no form changes a match',
  (_name, pattern, tokens, form, matcher) => {
    const count = { covered: 0, formed: 0, matched: 0 }
    fc.assert(
      fc.property(pairOf(pattern), fc.array(fills, { minLength: 12, maxLength: 12 }), ([wide, narrow], filled) => {
        const texts = [wide, narrow].flatMap(each => filled.map(fill => plain(each, fill)))
        const [ofWide, ofNarrow, ofForm] = [wide, narrow, form(narrow)].map(matcher)
        const [wideTokens, narrowTokens] = [tokens(wide), tokens(narrow)]
        const covered = wideTokens !== null && narrowTokens !== null && covers(wideTokens, narrowTokens)
        if (covered) count.covered += 1
        if (form(narrow) !== narrow) count.formed += 1
        for (const text of texts) {
          const meets = ofNarrow?.(text)
          if (meets) count.matched += 1
          expect([narrow, text, ofForm?.(text)]).toEqual([narrow, text, meets])
          if (covered && meets) expect([wide, narrow, text, ofWide?.(text)]).toEqual([wide, narrow, text, true])
        }
      }),
      { numRuns: soak ? 40_000 : 1_000, seed: 11 },
    )
    expect(count.covered).toBeGreaterThan(50)
    expect(count.formed).toBeGreaterThan(50)
    expect(count.matched).toBeGreaterThan(1_000)
  },
)

const names = [
  'ecr:*',
  'ecr:List*',
  'ecr:ListImages',
  'ecr:?*',
  'ecr:*?*',
  'ecr:*Image?',
  '*',
  'iam:*',
  'sts:Assume*',
  'ecr:PutImage',
]
const places = [
  '*',
  `arn:aws:*:*:${account}:*`,
  arn('*'),
  arn('team-?/*'),
  arn('team-a/x'),
  arn('${aws:username}/*'),
  'arn:*',
]
const values = ['*', '1', '?', '1*', '2', '?*', '*?']
const operators = [
  'StringLike',
  'StringNotLike',
  'ForAnyValue:StringNotLike',
  'ForAllValues:StringLike',
  'StringLikeIfExists',
  'StringEquals',
  'StringNotEquals',
]
const some = (all: readonly string[]) => fc.subarray([...all], { minLength: 1, maxLength: 4 })
const lists = fc.record({
  effect: fc.constantFrom('Allow', 'Deny'),
  action: fc.constantFrom('Action', 'NotAction'),
  resource: fc.constantFrom('Resource', 'NotResource'),
  operator: fc.option(fc.constantFrom(...operators)),
})

test('lists that are called equal decide 1,000 random requests alike, negated ones as well', () => {
  const requests = fc.sample(request, { numRuns: 1000, seed: 7 })
  const entries = fc.tuple(some(names), some(places), some(values))
  const count = { equal: 0, unequal: 0 }
  fc.assert(
    fc.property(lists, entries, entries, (shape, one, other) => {
      const document = ([actions, resources, texts]: [string[], string[], string[]]) =>
        statement({
          ...{ Effect: shape.effect, [shape.action]: actions, [shape.resource]: resources },
          ...(shape.operator === null ? {} : { Condition: { [shape.operator]: { 'ex:a': texts } } }),
        })
      // The second takes over what it is to differ in, so that lists meet often.
      const [left, right] = [document(one), document([other[0], one[1], one[2]])]
      const pairs = [
        [left, right],
        [left, document([one[0], other[1], one[2]])],
        [left, document([one[0], one[1], other[2]])],
      ] as const
      for (const [a, b] of pairs) {
        if (!meansTheSame(a, b, 'identity').same) {
          count.unequal += 1
          continue
        }
        count.equal += 1
        const allow = { name: 'all', policy: compilePolicy(statement({ Action: '*', Resource: '*' })) }
        const setOf = (document: object) => ({ identity: [allow, { name: 'one', policy: compilePolicy(document) }] })
        const alone = (document: object) => ({ identity: [{ name: 'one', policy: compilePolicy(document) }] })
        const sets = shape.effect === 'Deny' ? setOf : alone
        for (const asked of requests) expect(decide(asked, sets(a)).decision).toBe(decide(asked, sets(b)).decision)
      }
    }),
    { numRuns: soak ? 1_000 : 40, seed: 3 },
  )
  expect(count.equal).toBeGreaterThan(20)
  expect(count.unequal).toBeGreaterThan(20)
})

test('a list longer than anybody writes costs no time', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => `*${index}*?*`)
  expect(uncovered(many, freeTokens, '*')).toHaveLength(3_000)
})

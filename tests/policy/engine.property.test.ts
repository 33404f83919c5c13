import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AccessRequest,
  compilePolicy,
  decide,
  decideRow,
  explain,
  meansTheSame,
  PolicyError,
} from '../../policy/index.ts'
import { document, flat, type Layers, layerNames, layers, policySet, request, statement } from './arbitraries.ts'
import type { Fields } from './cases.ts'

const runs = (numRuns: number) => ({ numRuns })
const ask = (asked: AccessRequest, of: Layers) => decide(asked, policySet(of)).decision
const layerName = fc.constantFrom(...layerNames)
/** The statements with one more in a layer, if there is such a layer; a new policy is another matter than a new statement. */
const withOne = (of: Layers, layer: keyof Layers, more: Fields): Layers => {
  const present = of[layer]
  return present === null ? of : { ...of, [layer]: [...present, more] }
}
const always = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken'])
const bound = {
  identity: 'identity-based',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource-based',
  trust: 'role trust policy',
  scps: 'service control policy',
  rcps: 'resource control policy',
  vpcEndpoint: 'VPC endpoint policy',
} as const

test('an explicit deny in any layer that binds is never allowed', () => {
  fc.assert(
    fc.property(request, layers, layerName, (asked, of, layer) => {
      fc.pre(!always.has(asked.action) && of[layer] !== null)
      const { decision, layers: said } = decide(asked, policySet(withOne(of, layer, flat('Deny', layer))))
      const says = said.find(({ policyType }) => policyType === bound[layer])?.verdict
      if (says === 'notApplicable') return
      expect(says).toBe('denies')
      expect(decision).not.toBe('allowed')
    }),
    runs(12_000),
  )
})

const addition = fc.tuple(
  request,
  layers,
  layerName.chain(layer => fc.tuple(fc.constant(layer), statement(layer))),
)

test('adding an Allow never turns an allow into a deny', () => {
  fc.assert(
    fc.property(addition, ([asked, of, [layer, more]]) => {
      if (more.NotPrincipal) return
      if (ask(asked, of) === 'allowed')
        expect(ask(asked, withOne(of, layer, { ...more, Effect: 'Allow' }))).toBe('allowed')
    }),
    runs(15_000),
  )
})

test('adding a Deny never turns a deny into an allow', () => {
  fc.assert(
    fc.property(addition, ([asked, of, [layer, more]]) => {
      if (ask(asked, of) !== 'allowed')
        expect(ask(asked, withOne(of, layer, { ...more, Effect: 'Deny' }))).not.toBe('allowed')
    }),
    runs(15_000),
  )
})

test('the order of statements never matters, and the same input has the same answer', () => {
  fc.assert(
    fc.property(request, layers, (asked, of) => {
      const turned = Object.fromEntries(
        layerNames.map(name => [name, of[name]?.toReversed() ?? null]),
      ) as unknown as Layers
      const [first, again, reversed] = [
        decide(asked, policySet(of)),
        decide(asked, policySet(of)),
        decide(asked, policySet(turned)),
      ]
      expect(again).toEqual(first)
      expect([reversed.decision, reversed.policyType, reversed.layers]).toEqual([
        first.decision,
        first.policyType,
        first.layers,
      ])
    }),
    runs(12_000),
  )
})

test('an explanation agrees with the decision', () => {
  fc.assert(
    fc.property(request, layers, (asked, of) => {
      const { statements, ...decision } = explain(asked, policySet(of))
      expect(decision).toEqual(decide(asked, policySet(of)))
      for (const verdict of decision.deciding) expect(statements).toContainEqual(verdict)
      for (const { matched, mismatch } of statements) expect(matched).toBe(mismatch === undefined)
    }),
    runs(6_000),
  )
})

const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':'), maxLength: 8 })
const globText = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':', '*', '?'), maxLength: 8 })
const matches = (pattern: string, name: string) => {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::${pattern}` }]
  const asked = {
    principal: 'arn:aws:iam::111122223333:user/a',
    account: '111122223333',
    action: 's3:GetObject',
    resourceAccount: '111122223333',
  }
  const identity = [{ name: 'p', policy: compilePolicy({ Version: '2012-10-17', Statement }) }]
  return decide({ ...asked, resource: `arn:aws:s3:::${name}` }, { identity }).decision === 'allowed'
}

test('a pattern matches what a regular expression says', () => {
  fc.assert(
    fc.property(globText, word, (pattern, name) => {
      const source = pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')
      expect(matches(pattern, name)).toBe(new RegExp(`^${source}$`).test(name))
    }),
    runs(15_000),
  )
})

test('a broader wildcard never matches less', () => {
  fc.assert(
    fc.property(globText, word, fc.nat(8), fc.nat(8), (pattern, name, start, length) => {
      const broader = `${pattern.slice(0, start)}*${pattern.slice(start + length)}`
      if (matches(pattern, name)) expect(matches(broader, name)).toBe(true)
    }),
    runs(15_000),
  )
})

test('documents that mean the same decide alike', () => {
  const documents = fc.array(statement('identity'), { minLength: 1, maxLength: 2 })
  const pair = fc.oneof(
    fc.tuple(documents, documents),
    documents.map(one => [one, one.toReversed()] as const),
  )
  fc.assert(
    fc.property(pair, request, ([a, b], asked) => {
      if (!meansTheSame(document(a), document(b), 'identity').same) return
      const none = {
        boundary: null,
        session: null,
        resource: null,
        trust: null,
        scps: null,
        rcps: null,
        vpcEndpoint: null,
      }
      expect(ask(asked, { ...none, identity: b })).toBe(ask(asked, { ...none, identity: a }))
    }),
    runs(5_000),
  )
})

const onlyPolicyErrors = (attempt: () => unknown) => {
  try {
    attempt()
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError)
  }
}
const words = [
  'Version',
  '2012-10-17',
  'Statement',
  'Effect',
  'Allow',
  'Action',
  'NotAction',
  '*',
  'Resource',
  'Principal',
  'AWS',
  'Condition',
  'StringLike',
  'Null',
  'DateEquals',
  'IpAddress',
  'aws:x',
  '${',
  '${aws:username}',
]
const odd = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...words, null, true, 0, -1.5),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), tie('value'), { maxKeys: 4 }),
  ),
})).value
const nearly = fc.record(
  {
    Version: fc.constantFrom('2012-10-17', '2008-10-17', 'x'),
    Statement: fc.array(
      fc.record(
        {
          Effect: fc.constantFrom('Allow', 'Deny'),
          Action: fc.oneof(fc.constant('*'), odd),
          Resource: fc.oneof(fc.constant('*'), odd),
          Principal: odd,
          Condition: fc.oneof(fc.constant({}), odd),
        },
        { requiredKeys: ['Effect', 'Action'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['Statement'] },
)

test('no document, however malformed, throws anything but the engine’s own error', () => {
  fc.assert(
    fc.property(fc.oneof(odd, nearly, fc.anything({ withBigInt: true, withSet: true }), fc.json()), value => {
      onlyPolicyErrors(() => compilePolicy(value as object))
    }),
    runs(3_000),
  )
})

test('no request, policy set or row either', () => {
  const anything = fc.anything()
  fc.assert(
    fc.property(anything, anything, nearly, request, (asked, policies, found, good) => {
      onlyPolicyErrors(() => decide(asked as AccessRequest, { identity: [] }))
      onlyPolicyErrors(() => decide(good, policies as { identity: [] }))
      onlyPolicyErrors(() => decide({ ...good, context: asked as Record<string, string> }, { identity: [] }))
      onlyPolicyErrors(() => decideRow(asked))
      onlyPolicyErrors(() => decideRow({ ...good, identityPolicies: [found], scps: policies, context: asked }))
    }),
    runs(2_000),
  )
})

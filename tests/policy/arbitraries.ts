import fc from 'fast-check'
import { type AccessRequest, type AttachedPolicy, compilePolicy, type PolicySet } from '../../policy/index.ts'
import { A, B, type Fields, federated, repo, role, root, session, user } from './cases.ts'

export const actions = [
  'ecr:ListImages',
  'ecr:PutImage',
  'ecr:GetAuthorizationToken',
  'iam:GetUser',
  'sts:AssumeRole',
  'sts:TagSession',
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
]
const principals = [
  user(),
  user('bob', B),
  session(),
  session('dev', B),
  federated(),
  root(),
  root(B),
  'ecr.amazonaws.com',
  'anonymous',
]
const named = ['*', A, B, root(B), user(), user('bob', B), role(), role('dev', B), session(), federated()]
const resources = [repo('team-a/x'), repo('team-b/y'), role('target'), user(), '*']
const patterns = [
  '*',
  repo('*'),
  repo('team-?/*'),
  repo('${aws:username}/*'),
  repo('team-a/x'),
  role('*'),
  `arn:aws:*:*:${A}:*`,
]

export const request: fc.Arbitrary<AccessRequest> = fc
  .record({
    principal: fc.constantFrom(...principals),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...resources),
    resourceAccount: fc.constantFrom(A, B),
    context: fc.dictionary(
      fc.constantFrom('ex:a', 'EX:B', 'aws:TagKeys', 'aws:SourceIp', 'aws:TokenIssueTime', 'aws:username'),
      fc.oneof(fc.constantFrom('1', '2', 'true', '10.0.0.1', '2020-01-01'), fc.subarray(['1', '2'])),
      { maxKeys: 3 },
    ),
  })
  .map(asked => ({ ...asked, account: asked.principal.split(':')[4] ?? null }))

const condition = fc.option(
  fc.oneof(
    fc.record({
      operator: fc.constantFrom(
        'StringEquals',
        'StringNotEquals',
        'StringLikeIfExists',
        'ForAnyValue:StringEquals',
        'ForAllValues:StringNotLike',
      ),
      value: fc.constantFrom<unknown>('1', ['1', '2'], '*', '${aws:username}'),
    }),
    fc.record({
      operator: fc.constantFrom('IpAddress', 'NotIpAddress'),
      value: fc.constantFrom<unknown>('10.0.0.0/8', '::/0'),
    }),
    fc.record({
      operator: fc.constantFrom('Null', 'Bool', 'BoolIfExists'),
      value: fc.constantFrom<unknown>('true', false),
    }),
  ),
  { nil: undefined, freq: 3 },
)
const key = fc.constantFrom('ex:a', 'ex:b', 'aws:TagKeys', 'aws:SourceIp', 'aws:PrincipalAccount', 'aws:username')

const body = fc
  .record({
    effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Deny'),
    action: fc.constantFrom('*', 'ecr:*', 'ecr:*Image*', 'iam:*', 'sts:*', 'ECR:listimages'),
    notAction: fc.boolean(),
    resource: fc.constantFrom(...patterns),
    notResource: fc.boolean(),
    condition,
    key,
  })
  .map(
    ({ effect, action, notAction, resource, notResource, condition: found, key: name }): Fields => ({
      Effect: effect,
      ...(notAction && action !== '*' ? { NotAction: action } : { Action: action }),
      ...(notResource ? { NotResource: resource } : { Resource: resource }),
      ...(found ? { Condition: { [found.operator]: { [name]: found.value } } } : {}),
    }),
  )

/** A statement that says yes, or no, to everybody about everything. */
export const flat = (effect: 'Allow' | 'Deny', layer: keyof Layers): Fields => ({
  Effect: effect,
  Action: '*',
  Resource: '*',
  ...(isOfResource(layer) ? { Principal: '*' } : {}),
})

export const statement = (layer: keyof Layers): fc.Arbitrary<Fields> =>
  isOfResource(layer)
    ? fc
        .tuple(body, fc.subarray(named, { minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([fields, AWS, negated]) =>
          negated && fields.Effect === 'Deny'
            ? { ...fields, NotPrincipal: { AWS } }
            : { ...fields, Principal: { AWS } },
        )
    : body

const isOfResource = (layer: keyof Layers) => ['resource', 'trust', 'rcps', 'vpcEndpoint'].includes(layer)

/** A policy set as its statements; null: there is none of the type. Levels and policies hold as many statements as generated. */
export interface Layers {
  identity: Fields[]
  boundary: Fields[] | null
  session: Fields[] | null
  resource: Fields[] | null
  trust: Fields[] | null
  scps: Fields[] | null
  rcps: Fields[] | null
  vpcEndpoint: Fields[] | null
}

const some = (layer: keyof Layers, freq: number) =>
  fc.option(fc.array(statement(layer), { maxLength: 3 }), { nil: null, freq })

export const layers: fc.Arbitrary<Layers> = fc.record({
  identity: fc.array(statement('identity'), { maxLength: 4 }),
  boundary: some('boundary', 1),
  session: some('session', 1),
  resource: some('resource', 3),
  trust: some('trust', 3),
  scps: some('scps', 1),
  rcps: some('rcps', 1),
  vpcEndpoint: some('vpcEndpoint', 1),
})

export const document = (Statement: readonly Fields[]) => ({ Version: '2012-10-17', Statement })
const attached = (statements: Fields[]): AttachedPolicy => ({ name: 'p', policy: compilePolicy(document(statements)) })
const one = (statements: Fields[] | null) => (statements === null ? null : attached(statements))

export const policySet = (of: Layers): PolicySet => ({
  identity: [attached(of.identity)],
  boundary: one(of.boundary),
  session: of.session === null ? null : [attached(of.session)],
  resource: of.resource === null ? [] : [attached(of.resource)],
  trust: one(of.trust),
  scps: of.scps === null ? null : [[attached(of.scps)]],
  rcps: of.rcps === null ? null : [[attached(of.rcps)]],
  vpcEndpoint: one(of.vpcEndpoint),
})

export const layerNames = [
  'identity',
  'boundary',
  'session',
  'resource',
  'trust',
  'scps',
  'rcps',
  'vpcEndpoint',
] as const

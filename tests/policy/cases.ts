import { type AccessRequest, type AttachedPolicy, compilePolicy, type Decision, decide } from '../../policy/index.ts'

export const A = '111122223333'
export const B = '444455556666'
export const repo = (name = 'my-repo') => `arn:aws:ecr:us-west-2:${A}:repository/${name}`
export const user = (name = 'alice', account = A) => `arn:aws:iam::${account}:user/${name}`
export const role = (name = 'dev', account = A) => `arn:aws:iam::${account}:role/${name}`
export const session = (name = 'dev', account = A) => `arn:aws:sts::${account}:assumed-role/${name}/s1`
export const federated = (name = 'alice') => `arn:aws:sts::${A}:federated-user/${name}`
export const root = (account = A) => `arn:aws:iam::${account}:root`

export interface Fields {
  Sid?: string
  Effect?: 'Allow' | 'Deny'
  Principal?: unknown
  NotPrincipal?: unknown
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  NotResource?: string | string[]
  Condition?: Record<string, Record<string, unknown>>
}

/** An identity-like statement: what is not said is `Allow * on *`. */
export const allow = (fields: Fields = {}): Fields => ({
  Effect: 'Allow',
  ...('NotAction' in fields ? {} : { Action: '*' }),
  ...('NotResource' in fields ? {} : { Resource: '*' }),
  ...fields,
})
export const deny = (fields: Fields = {}): Fields => ({ ...allow(fields), Effect: 'Deny' })
/** A statement of a resource-based policy. */
export const grant = (aws: unknown, fields: Fields = {}): Fields => ({
  Effect: 'Allow',
  Principal: aws === '*' ? '*' : { AWS: aws },
  Action: '*',
  ...fields,
})

export const policy = (...statements: Fields[]): AttachedPolicy => named('p', ...statements)
export const named = (name: string, ...statements: Fields[]): AttachedPolicy => ({
  name,
  policy: compilePolicy({ Version: '2012-10-17', Statement: statements }),
})

export interface Case extends Partial<Omit<AccessRequest, 'account'>> {
  identity?: Fields[]
  boundary?: Fields[]
  session?: Fields[]
  repository?: Fields[]
  trust?: Fields[]
  scps?: Fields[][]
  rcps?: Fields[][]
  vpcEndpoint?: Fields[]
}

const one = (statements: Fields[] | undefined) => (statements ? policy(...statements) : null)

/** Decides a case; the request is `user/alice ecr:ListImages` on a repository of the same account but for what the case says. */
export function decided(given: Case): Decision {
  const { identity, boundary, session: passed, repository, trust, scps, rcps, vpcEndpoint, ...asked } = given
  const principal = asked.principal ?? user()
  const request: AccessRequest = {
    action: 'ecr:ListImages',
    resource: repo(),
    resourceAccount: A,
    ...asked,
    principal,
    account: principal.split(':')[4] ?? null,
  }
  return decide(request, {
    identity: identity ? [policy(...identity)] : [],
    boundary: one(boundary),
    session: passed ? [policy(...passed)] : null,
    resource: repository ? [policy(...repository)] : [],
    trust: one(trust),
    scps: scps ? scps.map(level => [policy(...level)]) : null,
    rcps: rcps ? rcps.map(level => [policy(...level)]) : null,
    vpcEndpoint: one(vpcEndpoint),
  })
}

/** `allowed`, or the decision with the policy type named. */
export const answer = (given: Case): string => {
  const { decision, policyType } = decided(given)
  return decision === 'allowed' ? decision : `${decision}: ${policyType}`
}

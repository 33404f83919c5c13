/** A document as these tests write it: lists everywhere, so that a change is easily said. */
export interface Document {
  Version?: string
  Id?: string
  Statement: Statement[] | Statement
}

export interface Statement {
  Sid?: string
  Effect: string
  Principal?: { AWS: string | string[] } | '*'
  NotPrincipal?: { AWS: string | string[] }
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  NotResource?: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}

const A = '111122223333'
const repository = (name: string) => `arn:aws:ecr:us-west-2:${A}:repository/${name}`
const root = `arn:aws:iam::${A}:root`
const role = `arn:aws:iam::${A}:role/dev`
const two = ['ecr:ListImages', 'ecr:PutImage']
const document = (...Statement: Statement[]): Document => ({ Version: '2012-10-17', Statement })

export const bases: readonly [name: string, grammar: 'identity' | 'repository' | 'trust', Document][] = [
  [
    'an allow of an identity',
    'identity',
    document({ Effect: 'Allow', Action: two, Resource: [repository('team-a/x'), repository('team-b/y')] }),
  ],
  [
    'one with a condition',
    'identity',
    document({
      ...{
        Effect: 'Allow',
        Action: ['ecr:List*', 'ecr:PutImage'],
        Resource: [repository('team-a/x'), repository('team-b/*')],
      },
      Condition: { StringEquals: { 'aws:RequestedRegion': ['us-west-2', 'eu-west-1'] } },
    }),
  ],
  [
    'an allow and a deny',
    'identity',
    document(
      { Effect: 'Allow', Action: two, Resource: [repository('team-c/*'), repository('team-a/x')] },
      { Effect: 'Deny', Action: two, Resource: [repository('team-b/y'), repository('team-b/z')] },
    ),
  ],
  ['a repository’s allow', 'repository', document({ Effect: 'Allow', Principal: { AWS: [root, role] }, Action: two })],
  ['a repository’s deny', 'repository', document({ Effect: 'Deny', Principal: { AWS: [role, root] }, Action: two })],
  [
    'a trust policy',
    'trust',
    document({ Effect: 'Allow', Principal: { AWS: [root, role] }, Action: ['sts:AssumeRole', 'sts:TagSession'] }),
  ],
]

const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const each =
  (change: (statement: Statement) => Statement) =>
  (doc: Document): Document => ({
    ...doc,
    Statement: list(doc.Statement).map(change),
  })
/** Of the first statement. */
const first =
  (change: (statement: Statement) => Statement) =>
  (doc: Document): Document => ({
    ...doc,
    Statement: list(doc.Statement).map((statement, index) => (index === 0 ? change(statement) : statement)),
  })
const principals =
  (change: (arns: string[]) => string[]) =>
  (statement: Statement): Statement =>
    typeof statement.Principal === 'object'
      ? { ...statement, Principal: { AWS: change(list(statement.Principal.AWS)) } }
      : { ...statement, Resource: change(list(statement.Resource)) }

/** Ways of saying the same. */
export const sameWays: readonly [string, (doc: Document) => Document][] = [
  ['actions in another order', each(statement => ({ ...statement, Action: list(statement.Action).reverse() }))],
  ['actions in other case', each(statement => ({ ...statement, Action: list(statement.Action).map(upper) }))],
  [
    'an action twice',
    each(statement => ({
      ...statement,
      Action: [...list(statement.Action), two[0] ?? ''].slice(0, 2).concat(list(statement.Action)),
    })),
  ],
  ['with a Sid', each(statement => ({ ...statement, Sid: 'Mine' }))],
  ['with an Id', doc => ({ ...doc, Id: 'mine' })],
  ['statements turned round, or alone without a list', turned],
  ['a statement for each action', doc => ({ ...doc, Statement: list(doc.Statement).flatMap(oneByOne) })],
  [
    'members in another order',
    each(statement => Object.fromEntries(Object.entries(statement).reverse()) as unknown as Statement),
  ],
  ['the older version, without variables', doc => ({ ...doc, Version: '2008-10-17' })],
  ['what another entry of the list covers', each(withCovered)],
  ['wildcards one after another', each(statement => ({ ...statement, ...wildcardsAgain(statement) }))],
  [
    'the account for its root, or resources turned round',
    each(principals(arns => arns.map(arn => (arn === root ? A : arn)).reverse())),
  ],
]

/** Every pattern with something that it covers beside it. */
function withCovered(statement: Statement): Statement {
  const { Resource } = statement
  const own = list(Resource).flatMap(arn => (arn.endsWith('*') ? [arn, arn.replace(/\*$/, 'covered')] : [arn]))
  const Action = list(statement.Action).flatMap(action =>
    action.includes('*') ? [action, action.replace(/\*/g, 'X')] : [action],
  )
  return { ...statement, Action, ...(Resource === undefined ? {} : { Resource: own }) }
}

const wildcardsAgain = ({ Action, Resource }: Statement): Partial<Statement> => ({
  Action: list(Action).map(action => action.replace(/\*/g, '**')),
  ...(Resource === undefined ? {} : { Resource: list(Resource).map(arn => arn.replace(/\*$/, '***')) }),
})

function upper(action: string): string {
  return action.toUpperCase()
}

function turned(doc: Document): Document {
  const [only, ...more] = list(doc.Statement)
  if (only === undefined) return doc
  return { ...doc, Statement: more.length === 0 ? only : [...more.reverse(), only] }
}

function oneByOne(statement: Statement): Statement[] {
  return list(statement.Action).map(Action => ({ ...statement, Action }))
}

/** Ways of saying nearly the same. */
export const otherWays: readonly [string, (doc: Document) => Document][] = [
  ['the other effect', first(statement => ({ ...statement, Effect: statement.Effect === 'Allow' ? 'Deny' : 'Allow' }))],
  ['an action less', first(statement => ({ ...statement, Action: list(statement.Action).slice(1) }))],
  [
    'an action more',
    first(statement => ({
      ...statement,
      Action: [...list(statement.Action), serviceOf(statement, 'GetCallerIdentity', 'DescribeImages')],
    })),
  ],
  [
    'a name with a letter more',
    first(principals(arns => arns.map((arn, index) => (index === 0 ? `${arn.replace(/root$/, 'role/r')}x` : arn)))),
  ],
  ['every action', first(statement => ({ ...statement, Action: serviceOf(statement, '*', '*') }))],
  ['all but the actions', first(({ Action, ...statement }) => ({ ...statement, NotAction: list(Action) }))],
  ['a deny more', doc => ({ ...doc, Statement: [...list(doc.Statement), denied(list(doc.Statement)[0])] })],
  [
    'a condition more',
    first(statement => ({
      ...statement,
      Condition: { ...statement.Condition, Bool: { 'aws:SecureTransport': 'false' } },
    })),
  ],
  [
    'everybody, or everything',
    first(statement => (statement.Principal ? { ...statement, Principal: '*' } : { ...statement, Resource: '*' })),
  ],
  [
    'a name in other case',
    first(
      principals(arns =>
        arns.map(arn => arn.replace(/team-a|role\/dev/, text => text.toUpperCase().replace('ROLE/', 'role/'))),
      ),
    ),
  ],
]

const serviceOf = ({ Action }: Statement, sts: string, ecr: string): string =>
  list(Action)[0]?.startsWith('sts:') ? `sts:${sts}` : `ecr:${ecr}`

const denied = (like: Statement | undefined): Statement => ({
  ...(like ?? { Effect: 'Deny' }),
  ...{ Effect: 'Deny', Action: [serviceOf(like ?? { Effect: 'Deny' }, 'SetSourceIdentity', 'BatchGetImage')] },
})

type Pair = readonly [way: string, grammar: 'identity' | 'repository' | 'trust', Document, Document]

const allBut = (...AWS: string[]): Document =>
  document({ Effect: 'Deny', NotPrincipal: { AWS }, Action: two, Resource: '*' })
const besides = (...NotResource: string[]): Document => document({ Effect: 'Allow', Action: two, NotResource })

/** Said by what is not meant: the same. */
export const samePairs: readonly Pair[] = [
  ['all but them, turned round', 'repository', allBut(root, role), allBut(role, root)],
  ['all but the account, by its id', 'repository', allBut(root, role), allBut(A, role)],
  ['all but one, named twice', 'repository', allBut(role), allBut(role, role)],
  [
    'besides them, turned round',
    'identity',
    besides(repository('a'), repository('b')),
    besides(repository('b'), repository('a')),
  ],
  [
    'besides one, and what it covers',
    'identity',
    besides(repository('a*')),
    besides(repository('a*'), repository('ab')),
  ],
]

/** Said by what is not meant: nearly the same. */
export const otherPairs: readonly Pair[] = [
  ['all but one more', 'repository', allBut(root), allBut(root, role)],
  ['all but another', 'repository', allBut(role), allBut(`${role}x`)],
  [
    'them for all but them',
    'repository',
    allBut(role),
    document({ Effect: 'Deny', Principal: { AWS: [role] }, Action: two, Resource: '*' }),
  ],
  ['besides one more', 'identity', besides(repository('a')), besides(repository('a'), repository('b'))],
  ['besides another', 'identity', besides(repository('a')), besides(repository('b'))],
  [
    'it for all besides it',
    'identity',
    besides(repository('a')),
    document({ Effect: 'Allow', Action: two, Resource: [repository('a')] }),
  ],
  [
    'everything for all besides it',
    'identity',
    besides(repository('a')),
    document({ Effect: 'Allow', Action: two, Resource: ['*'] }),
  ],
]

import { listOf, type StatementJson, statementsOf, withoutValue, withStatements } from '../engine/why/statement-json.ts'
import type { PolicyDocument } from './policy-documents.ts'

/** A document with one thing changed that a check of the lab should notice. */
export interface Mutant {
  document: PolicyDocument
  /** Index of the statement; null: the whole document is exchanged. */
  statement: number | null
  /** removed and flipped are about the statement as a whole, narrowed about one value of it. */
  change: 'removed' | 'flipped' | 'narrowed'
  /** In words: `Allow instead of Deny`, `without the action ecr:PutImage`. */
  words: string
  json: string
}

/** Nobody bears this tag: a statement that asks for it never matches, and is as valid as it was. */
const never = { 'aws:PrincipalTag/accesslab-selftest': 'never' }

/** Every mutant of a document: of each statement as a whole, and of each of its values that is one of several. */
export function mutantsOf(document: PolicyDocument): Mutant[] {
  if (document.standing === 'not taken') return []
  if (document.standing === 'refused') return acceptable(document)
  const statements = statementsOf(document.json)
  return statements.flatMap((statement, index) => {
    const mutant = (change: Mutant['change'], words: string, other: StatementJson): Mutant => ({
      ...{ document, statement: index, change, words },
      json: withStatements(
        document.json,
        statements.map((each, at) => (at === index ? other : each)),
      ),
    })
    const flipped = statement.Effect === 'Deny' ? 'Allow' : 'Deny'
    return [
      mutant('removed', 'the statement taken out', withoutEffect(statement)),
      mutant('flipped', `${flipped} instead of ${statement.Effect}`, { ...statement, Effect: flipped }),
      ...narrowed(statement).map(({ words, other }) => mutant('narrowed', words, other)),
    ]
  })
}

/** As if the statement were not there. A document without any would be refused, which no check has to notice. */
function withoutEffect(statement: StatementJson): StatementJson {
  const condition = (statement.Condition ?? {}) as Record<string, object>
  return { ...statement, Condition: { ...condition, StringEquals: { ...condition.StringEquals, ...never } } }
}

interface Narrowed {
  words: string
  other: StatementJson
}

function narrowed(statement: StatementJson): Narrowed[] {
  return [
    ...['Action', 'Resource'].flatMap(element =>
      valuesOf(statement[element]).flatMap(value => {
        const other = withoutValue(statement, element, value)
        return other ? [{ words: `without the ${element.toLowerCase()} ${value}`, other }] : []
      }),
    ),
    ...withoutOnePrincipal(statement),
    ...withoutOneKey(statement),
  ]
}

const valuesOf = (value: unknown): string[] => listOf(value).filter(each => typeof each === 'string')

function withoutOnePrincipal(statement: StatementJson): Narrowed[] {
  const { Principal } = statement
  if (typeof Principal !== 'object' || Principal === null) return []
  const principals = Principal as StatementJson
  return Object.keys(principals).flatMap(type =>
    valuesOf(principals[type]).flatMap(value => {
      const other = withoutValue(principals, type, value)
      return other ? [{ words: `without the principal ${value}`, other: { ...statement, Principal: other } }] : []
    }),
  )
}

/** Without one of the keys its conditions ask for: then it matches more. */
function withoutOneKey(statement: StatementJson): Narrowed[] {
  const conditions = (statement.Condition ?? {}) as Record<string, Record<string, unknown>>
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map(key => {
      const { [key]: _, ...others } = keys
      const { [operator]: __, ...rest } = conditions
      const left = Object.keys(others).length > 0 ? { ...rest, [operator]: others } : rest
      return { words: `without the condition on ${key}`, other: { ...statement, Condition: left } }
    }),
  )
}

/** A document that AWS should refuse, exchanged for one that it takes, of each kind: the check that it is refused must notice one of them. */
function acceptable(document: PolicyDocument): Mutant[] {
  const Condition = { StringEquals: never }
  const account = { AWS: '{{account}}' }
  const statements: StatementJson[] = [
    { Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*', Condition },
    { Effect: 'Allow', Principal: account, Action: 'ecr:ListImages', Condition },
    { Effect: 'Allow', Principal: account, Action: 'sts:AssumeRole', Condition },
  ]
  return statements.map(statement => ({
    ...{ document, statement: null, change: 'removed', words: 'a document that AWS takes instead' },
    json: withStatements(document.json, [statement]),
  }))
}

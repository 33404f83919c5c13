import { documentElements } from '../compile.ts'
import { isOperatorName } from '../conditions/condition.ts'
import { asList, isObject, type JsonObject } from '../json.ts'
import { statementElements } from '../statement.ts'

/** A document as JSON, or null. */
export function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

const only = (value: JsonObject, names: ReadonlySet<string>): boolean =>
  Object.keys(value).every(name => names.has(name))
const absentOr = (value: unknown, test: (value: unknown) => boolean): boolean => value === undefined || test(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const areTexts = (value: unknown): boolean => asList(value).every(isText)
const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

export const has = (value: JsonObject, name: string): boolean => Object.hasOwn(value, name)
/** Neither or one of an element and its negation. */
export const atMostOne = (value: JsonObject, name: string): boolean => !(has(value, name) && has(value, `Not${name}`))

export const isCondition = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).every(
    ([operator, keys]) =>
      isOperatorName(operator) && isObject(keys) && Object.values(keys).every(values => asList(values).every(isScalar)),
  )

const isStatement = (value: unknown): value is JsonObject =>
  isObject(value) &&
  only(value, statementElements) &&
  absentOr(value.Sid, isText) &&
  isText(value.Effect) &&
  /^(allow|deny)$/i.test(value.Effect) &&
  ['Action', 'Resource', 'Principal'].every(name => atMostOne(value, name)) &&
  ['Action', 'NotAction', 'Resource', 'NotResource'].every(name => absentOr(value[name], areTexts)) &&
  absentOr(value.Condition, isCondition)

/** Has the document elements of the right types, and no others? */
export function hasShape(document: JsonObject): boolean {
  const { Version: version, Id: id, Statement: statement } = document
  return (
    only(document, documentElements) &&
    absentOr(version, value => value === '2008-10-17' || value === '2012-10-17') &&
    absentOr(id, isText) &&
    statement !== undefined &&
    asList(statement).length > 0 &&
    asList(statement).every(isStatement)
  )
}

/** The statements of a document; members that are no objects are left out. */
export const statementsOf = (document: JsonObject): JsonObject[] => asList(document.Statement).filter(isObject)

/** The texts of an element, or of its negation. */
export function textsOf(statement: JsonObject, name: string): string[] {
  const value = statement[name] ?? statement[`Not${name}`]
  return value === undefined ? [] : asList(value).filter(isText)
}

/** Sids that are not empty must differ. */
export function hasDuplicateSid(statements: readonly JsonObject[]): boolean {
  const sids = statements.map(({ Sid }) => Sid).filter(sid => isText(sid) && sid !== '')
  return new Set(sids).size < sids.length
}

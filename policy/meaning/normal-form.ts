import { compilePolicy } from '../compile.ts'
import { asList, isObject, type JsonObject, readJson } from '../json.ts'
import { PolicyError, shown } from '../policy-error.ts'
import { arnForm, freeForm, freeTokens, resourceTokens, uncovered } from './covered.ts'

export type Grammar = 'identity' | 'trust' | 'repository'

/** Elements by name, each as a sorted list of distinct texts: two statements mean the same if these are equal. */
export type NormalStatement = ReadonlyMap<string, readonly string[]>

export interface NormalForm {
  readonly version: string
  /** Something in it reads differently under the two versions. */
  readonly usesVariables: boolean
  readonly statements: readonly NormalStatement[]
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort()
const listed = (value: unknown): string[] => asList(value).map(String)

const actions = (element: unknown): string[] =>
  uncovered(
    listed(element).map(text => freeForm(text.toLowerCase())),
    freeTokens,
    '*',
  )

/** `*` alone is no ARN: it meets the resource `*` of a request, which no ARN does. */
const resources = (element: unknown): string[] =>
  uncovered(
    listed(element).map(text => (/^\*+$/.test(text) ? '*' : arnForm(text))),
    resourceTokens,
    '*',
  )

/** An account's id and its root ARN are one principal; `"*"` and `{"AWS":"*"}` too. */
function principals(element: unknown): string[] {
  if (!isObject(element)) return listed(element).map(name => `AWS ${name}`)
  return Object.entries(element).flatMap(([kind, names]) =>
    listed(names).map(
      name => `${kind} ${kind === 'AWS' ? name.replace(/^arn:aws[a-z-]*:iam::(\d{12}):root$/, '$1') : name}`,
    ),
  )
}

const sameOperators: Readonly<Record<string, string>> = { ArnEquals: 'ArnLike', ArnNotEquals: 'ArnNotLike' }

function operatorName(name: string): string {
  return name.replace(/ArnEquals|ArnNotEquals/, found => sameOperators[found] ?? found)
}

function conditionValues(operator: string, values: readonly string[]): string[] {
  if (/^(?:For\w+:)?(?:Bool|Null)/.test(operator))
    return values.map(value => (/^(true|false)$/i.test(value) ? value.toLowerCase() : value))
  // `*` is no such value to an operator: a key that is not there meets none.
  return /^(?:For\w+:)?String(?:Not)?Like(?:IfExists)?$/.test(operator)
    ? uncovered(values.map(freeForm), freeTokens, null)
    : [...values]
}

/** Every operator, key and its values as a text of its own: all of them must hold, so their grouping does not matter. */
function conditions(element: unknown): string[] {
  if (!isObject(element)) return []
  return Object.entries(element).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => {
      const texts = sorted(conditionValues(operator, listed(values)))
      return `${operatorName(operator)} ${JSON.stringify({ [key.toLowerCase()]: texts })}`
    }),
  )
}

const elementForms: readonly (readonly [string, (element: unknown) => string[]])[] = [
  ['Effect', listed],
  ['Action', actions],
  ['NotAction', actions],
  ['Resource', resources],
  ['NotResource', resources],
  ['Principal', principals],
  ['NotPrincipal', principals],
  ['Condition', conditions],
]

function normalStatement(statement: JsonObject): NormalStatement {
  const elements = new Map<string, readonly string[]>()
  for (const [name, form] of elementForms) {
    const texts = statement[name] === undefined ? [] : sorted(form(statement[name]))
    if (texts.length > 0) elements.set(name, texts)
  }
  if (!elements.has('Resource') && !elements.has('NotResource')) elements.set('Resource', ['*'])
  return elements
}

/** What a grammar cannot mean must not be compared as if it did. */
function refuseMisplaced(statement: JsonObject, grammar: Grammar, path: string): void {
  const hasPrincipal = statement.Principal !== undefined || statement.NotPrincipal !== undefined
  const hasResource = statement.Resource !== undefined || statement.NotResource !== undefined
  if (hasPrincipal === (grammar === 'identity')) {
    const [wanted, found] = hasPrincipal ? ['no Principal', 'one'] : ['a Principal', 'none']
    throw new PolicyError('MisplacedElement', `expected ${wanted} in ${shown(grammar)} policy, found ${found}`, path)
  }
  if (grammar === 'identity' && !hasResource) {
    throw new PolicyError('MissingElement', 'expected Resource or NotResource, found neither', path)
  }
}

const usesVariables = ({ Resource, NotResource, Condition }: JsonObject): boolean =>
  JSON.stringify([Resource, NotResource, Condition]).includes('${')

/** @throws PolicyError for a document that cannot be evaluated, or not in this grammar */
export function normalForm(document: string | object, grammar: Grammar): NormalForm {
  const { version } = compilePolicy(document)
  const statements = asList(readJson(document).Statement).filter(isObject)
  for (const [index, statement] of statements.entries()) refuseMisplaced(statement, grammar, `Statement[${index}]`)
  return { version, usesVariables: statements.some(usesVariables), statements: statements.map(normalStatement) }
}

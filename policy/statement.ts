import { type ActionPattern, compileAction } from './action-pattern.ts'
import type { Assumption } from './assumption.ts'
import type { Caller } from './caller.ts'
import { type Condition, compileConditions } from './conditions/condition.ts'
import type { RequestContext } from './context.ts'
import { asList, isObject, type JsonObject } from './json.ts'
import { PolicyError, shown } from './policy-error.ts'
import { type Coverage, compilePrincipals, coverage, type PrincipalEntries } from './principal-entries.ts'
import { compileResource, type ResourcePattern } from './resource-pattern.ts'

/** A request as statements see it. */
export interface Subject {
  readonly caller: Caller
  /** In lower case. */
  readonly action: string
  readonly resource: string
  readonly context: RequestContext
  readonly hasBoundary: boolean
  /** null: what the request does not give is absent. */
  readonly assumption: Assumption | null
}

export interface Statement {
  readonly index: number
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly ActionPattern[]
  readonly notAction: boolean
  /** null: the element is absent; the statement is about whatever the policy hangs on. */
  readonly resources: readonly ResourcePattern[] | null
  readonly notResource: boolean
  /** null: neither Principal nor NotPrincipal. */
  readonly principals: PrincipalEntries | null
  readonly notPrincipal: boolean
  readonly conditions: readonly Condition[]
}

/** All elements of a statement, in any grammar. */
export const statementElements: ReadonlySet<string> = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
])

const has = (statement: JsonObject, name: string): boolean => Object.hasOwn(statement, name)

function texts(value: unknown, path: string): string[] {
  if (Array.isArray(value) && value.length === 0) {
    throw new PolicyError('MissingElement', 'expected at least one entry, found an empty list', path)
  }
  return asList(value).map(one => {
    if (typeof one === 'string') return one
    throw new PolicyError('InvalidValue', `expected text or a list of texts, found ${shown(one)}`, path)
  })
}

/** Which of an element and its negation the statement has. */
function oneOf(statement: JsonObject, name: string, path: string): { name: string; negated: boolean } | null {
  const negation = `Not${name}`
  if (has(statement, name) && has(statement, negation)) {
    throw new PolicyError('ConflictingElements', `expected either ${name} or ${negation}, found both`, path)
  }
  if (has(statement, name)) return { name, negated: false }
  return has(statement, negation) ? { name: negation, negated: true } : null
}

/** @throws PolicyError */
export function compileStatement(value: unknown, index: number, variables: boolean): Statement {
  const path = `Statement[${index}]`
  if (!isObject(value))
    throw new PolicyError('InvalidValue', `expected an object as statement, found ${shown(value)}`, path)
  const unknown = Object.keys(value).find(name => !statementElements.has(name))
  if (unknown !== undefined) throw new PolicyError('UnknownElement', `unknown policy element ${shown(unknown)}`, path)
  const { Effect: effect, Sid: sid } = value
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyError('InvalidValue', `expected Allow or Deny as Effect, found ${shown(effect)}`, `${path}.Effect`)
  }
  if (sid !== undefined && typeof sid !== 'string') {
    throw new PolicyError('InvalidValue', `expected text as Sid, found ${shown(sid)}`, `${path}.Sid`)
  }
  const action = oneOf(value, 'Action', path)
  if (action === null) throw new PolicyError('MissingElement', 'expected Action or NotAction, found neither', path)
  const resource = oneOf(value, 'Resource', path)
  const principal = oneOf(value, 'Principal', path)
  if (principal?.negated && effect === 'Allow') {
    throw new PolicyError('MisplacedElement', 'NotPrincipal works with Deny only, found Allow', path)
  }
  const at = (name: string) => `${path}.${name}`
  return {
    index,
    sid,
    effect,
    actions: texts(value[action.name], at(action.name)).map(text => compileAction(text, at(action.name))),
    notAction: action.negated,
    resources:
      resource &&
      texts(value[resource.name], at(resource.name)).map(text => compileResource(text, variables, at(resource.name))),
    notResource: resource?.negated ?? false,
    principals: principal && compilePrincipals(value[principal.name], at(principal.name)),
    notPrincipal: principal?.negated ?? false,
    conditions: has(value, 'Condition') ? compileConditions(value.Condition, variables, at('Condition')) : [],
  }
}

export const actionMatches = (statement: Statement, { action }: Subject): boolean =>
  statement.actions.some(pattern => pattern.matches(action)) !== statement.notAction

export const resourceMatches = ({ resources, notResource }: Statement, { resource, context }: Subject): boolean =>
  resources === null || resources.some(pattern => pattern.matches(resource, context)) !== notResource

/**
 * How the statement names the caller; `direct` where it has no principals, as identity-based policies have none.
 * NotPrincipal denies all but those listed, and every caller that has a permissions boundary (IAM User Guide, elements_notprincipal).
 */
export function principalCoverage({ principals, notPrincipal }: Statement, { caller, hasBoundary }: Subject): Coverage {
  if (principals === null) return coverage.direct
  const covered = principals.covers(caller)
  if (!notPrincipal) return covered
  return covered === coverage.none || hasBoundary ? coverage.direct : coverage.none
}

/** The coverage of a statement that matches, or `none`. */
export function matchStatement(statement: Statement, subject: Subject): Coverage {
  if (!actionMatches(statement, subject) || !resourceMatches(statement, subject)) return coverage.none
  const covered = principalCoverage(statement, subject)
  if (covered === coverage.none) return coverage.none
  return statement.conditions.every(condition => condition.holds(subject.context)) ? covered : coverage.none
}

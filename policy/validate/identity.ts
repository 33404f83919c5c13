import { compilePolicy } from '../compile.ts'
import { dateOf } from '../conditions/date.ts'
import { asList, isObject, type JsonObject } from '../json.ts'
import { PolicyError } from '../policy-error.ts'
import { actionFault } from './action-format.ts'
import { type Fault, limitExceeded, malformed } from './fault.ts'
import { failsLegacyParsing, resourceFault } from './resource-format.ts'
import { has, hasDuplicateSid, hasShape, parsed, statementsOf, textsOf } from './shape.ts'
import { policyQuotas, policySize } from './size.ts'

export type IdentityPolicyKind = 'managed' | 'inline' | 'session'

const syntax = 'Syntax errors in policy.'
const legacy = 'The policy failed legacy parsing'

function hasImpossibleDate({ Condition: condition }: JsonObject): boolean {
  if (!isObject(condition)) return false
  return Object.entries(condition).some(
    ([operator, keys]) =>
      /^(For(AllValues|AnyValue):)?Date/.test(operator) &&
      isObject(keys) &&
      Object.values(keys).some(values => asList(values).some(value => dateOf(String(value)) === null)),
  )
}

const isLegacyFault = (statement: JsonObject): boolean =>
  (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') ||
  textsOf(statement, 'Resource').some(failsLegacyParsing) ||
  hasImpossibleDate(statement)

const first = <T>(values: readonly T[], fault: (value: T) => string | null): string | null => {
  for (const value of values) {
    const found = fault(value)
    if (found !== null) return found
  }
  return null
}

/** AWS's checks in the order that the recorded answers show; each looks at all statements before the next begins. */
function complaint(document: JsonObject, kind: IdentityPolicyKind): string | null {
  if (!hasShape(document)) return syntax
  if (kind === 'managed' && document.Version !== '2012-10-17') {
    return 'Policy document must be version 2012-10-17 or greater.'
  }
  const statements = statementsOf(document)
  if (statements.some(isLegacyFault)) return legacy
  if (statements.some(({ Sid }) => typeof Sid === 'string' && !/^[0-9A-Za-z]*$/.test(Sid))) {
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
  }
  if (hasDuplicateSid(statements)) return 'Statement IDs (SID) in a single policy must be unique.'
  if (statements.some(one => has(one, 'Principal') || has(one, 'NotPrincipal'))) {
    return 'Policy document should not specify a principal.'
  }
  if (statements.some(one => textsOf(one, 'Action').length === 0)) return 'Policy statement must contain actions.'
  if (statements.some(one => textsOf(one, 'Resource').length === 0)) return 'Policy statement must contain resources.'
  const resources = statements.flatMap(one => textsOf(one, 'Resource'))
  const actions = statements.flatMap(one => textsOf(one, 'Action'))
  return first(resources, resourceFault) ?? first(actions, actionFault)
}

/** What is stored can be evaluated: the engine's own refusal is the last word. */
function evaluationFault(document: JsonObject): string | null {
  try {
    compilePolicy(document)
    return null
  } catch (error) {
    if (error instanceof PolicyError) return error.code === 'InvalidConditionValue' ? legacy : syntax
    throw error
  }
}

function sizeFault(text: string, kind: IdentityPolicyKind): Fault | null {
  const size = policySize(text)
  if (kind === 'managed' && size > policyQuotas.managed) {
    return limitExceeded(`Cannot exceed quota for PolicySize: ${policyQuotas.managed}`)
  }
  if (kind !== 'session' || size <= policyQuotas.session) return null
  const share = Math.ceil((size * 100) / policyQuotas.session)
  const message = `Packed policy consumes ${share}% of allotted space, please use smaller policy.`
  return { code: 'PackedPolicyTooLarge', status: 400, message }
}

/**
 * A managed, inline or session policy as IAM and STS check it when it is stored or passed. null: accepted.
 * The quota of inline policies is their holder's, see inlinePoliciesFault. Source: 78 recorded CreatePolicy answers (tests/corpus/create-policy.json).
 */
export function validateIdentityPolicy(text: string, kind: IdentityPolicyKind): Fault | null {
  const document = parsed(text)
  if (document === null) return malformed(syntax)
  const message = complaint(document, kind) ?? evaluationFault(document)
  return message === null ? sizeFault(text, kind) : malformed(message)
}

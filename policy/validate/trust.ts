import { compilePolicy } from '../compile.ts'
import { asList, isObject, type JsonObject } from '../json.ts'
import { PolicyError } from '../policy-error.ts'
import { compilePrincipals } from '../principal-entries.ts'
import { type Fault, limitExceeded, malformed } from './fault.ts'
import { atMostOne, has, hasDuplicateSid, parsed, statementsOf, textsOf } from './shape.ts'
import { policyQuotas, policySize } from './size.ts'

const syntax = 'Syntax error in policy.'

const isDomainOrProvider = (name: string): boolean =>
  /^arn:aws(-[a-z]+)*:iam::\d{12}:(saml|oidc)-provider\/./.test(name) ||
  /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(\/.*)?$/.test(name)

/** Of the partition aws: a service of another partition is unknown in it. */
const isService = (name: string): boolean => /\.(amazonaws\.com|amazon\.com|aws\.internal)$/.test(name)

function principalFault(kind: string, name: unknown): string | null {
  if (kind === 'Service' && typeof name === 'string' && !isService(name)) {
    return `Invalid principal in policy: "SERVICE":"${name}"`
  }
  if (kind === 'Federated') {
    const valid = typeof name === 'string' && isDomainOrProvider(name)
    return valid ? null : 'Federated principals must be valid domain names or SAML metadata ARNs'
  }
  try {
    compilePrincipals({ [kind]: name }, 'Principal')
    return null
  } catch {
    return typeof name === 'string' ? `Invalid principal in policy: "${kind.toUpperCase()}":"${name}"` : syntax
  }
}

function principalsFault({ Principal: principal }: JsonObject): string | null {
  if (principal === '*') return 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'
  if (!isObject(principal)) return syntax
  const entries = Object.entries(principal)
  if (entries.length === 0) return 'Missing required field Principal cannot be empty!'
  for (const [kind, names] of entries) {
    for (const name of asList(names)) {
      const fault = principalFault(kind, name)
      if (fault !== null) return fault
    }
  }
  return null
}

function effectFault({ Effect: effect }: JsonObject): string | null {
  if (effect === undefined) return 'Missing required field Effect'
  return effect === 'Allow' || effect === 'Deny' ? null : `Invalid effect: ${typeof effect === 'string' ? effect : ''}`
}

function elementsFault(statement: JsonObject): string | null {
  const effect = effectFault(statement)
  if (effect !== null) return effect
  if (has(statement, 'NotPrincipal')) {
    return statement.Effect === 'Allow'
      ? 'Allow with NotPrincipal is not allowed.'
      : 'AssumeRole policy must not contain NotPrincipal field.'
  }
  if (!has(statement, 'Principal')) return 'Missing required field Principal'
  if (!atMostOne(statement, 'Action')) return syntax
  if (textsOf(statement, 'Action').length === 0) return 'Missing required field Action'
  if (has(statement, 'Resource')) return 'Has prohibited field Resource'
  return has(statement, 'NotResource') ? 'AssumeRole policy must not contain resources.' : null
}

function complaint(document: JsonObject): string | null {
  const { Version: version = '2008-10-17', Statement: statement } = document
  if (version !== '2008-10-17' && version !== '2012-10-17') return 'The policy must contain a valid version string'
  const statements = statementsOf(document)
  if (statement === undefined || asList(statement).length === 0)
    return 'Could not parse the policy: Statement is empty!'
  if (statements.length < asList(statement).length) return syntax
  for (const one of statements) {
    const fault = elementsFault(one)
    if (fault !== null) return fault
  }
  if (hasDuplicateSid(statements)) return 'The Statement Ids in the policy are not unique'
  if (!statements.flatMap(one => textsOf(one, 'Action')).every(action => /^sts:/i.test(action))) {
    return 'AssumeRole policy may only specify STS AssumeRole actions.'
  }
  for (const one of statements) {
    const fault = principalsFault(one)
    if (fault !== null) return fault
  }
  return null
}

/**
 * A role's trust policy as CreateRole and UpdateAssumeRolePolicy check it; whether its principals exist is not asked here. null: accepted.
 * Only some of the texts are recorded from AWS (tests/corpus/trust-policy.json says which).
 */
export function validateTrustPolicy(text: string): Fault | null {
  const document = parsed(text)
  if (document === null) return malformed('This policy contains invalid Json')
  const fault = complaint(document)
  if (fault !== null) return malformed(fault)
  try {
    compilePolicy(document)
  } catch (error) {
    if (error instanceof PolicyError) return malformed(syntax)
    throw error
  }
  if (policySize(text) <= policyQuotas.trust) return null
  return limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${policyQuotas.trust}`)
}

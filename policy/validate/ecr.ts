import { compilePolicy } from '../compile.ts'
import type { JsonObject } from '../json.ts'
import { PolicyError } from '../policy-error.ts'
import { type Fault, invalidPolicyText } from './fault.ts'
import { has, hasShape, parsed, statementsOf, textsOf } from './shape.ts'
import { policyQuotas, policySize } from './size.ts'

const isEcrAction = (action: string): boolean => action === '*' || /^ecr:/i.test(action)
const hasResource = (statement: JsonObject): boolean => has(statement, 'Resource') || has(statement, 'NotResource')

function isValid(text: string, kind: 'repository' | 'registry'): boolean {
  const document = parsed(text)
  if (document === null || !hasShape(document) || policySize(text) > policyQuotas[kind]) return false
  const allowed = statementsOf(document).every(
    statement =>
      (has(statement, 'Principal') || has(statement, 'NotPrincipal')) &&
      textsOf(statement, 'Action').every(isEcrAction) &&
      hasResource(statement) === (kind === 'registry'),
  )
  if (!allowed) return false
  try {
    compilePolicy(document)
    return true
  } catch (error) {
    if (error instanceof PolicyError) return false
    throw error
  }
}

/**
 * A repository policy as SetRepositoryPolicy checks it; ECR has one text for every fault. A Resource element is one of them
 * (awsdocs/amazon-ecr-user-guide#20); Sids may hold spaces and hyphens. Whether its principals exist is not asked here. null: accepted.
 */
export const validateRepositoryPolicy = (text: string): Fault | null =>
  isValid(text, 'repository') ? null : invalidPolicyText('repository')

/** A registry policy as PutRegistryPolicy checks it: its statements name the repositories they are about. null: accepted. */
export const validateRegistryPolicy = (text: string): Fault | null =>
  isValid(text, 'registry') ? null : invalidPolicyText('registry')

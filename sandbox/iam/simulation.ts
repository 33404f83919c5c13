import {
  type AccessRequest,
  type ContextValue,
  type Decision,
  decide,
  type PolicySet,
  type StatementVerdict,
} from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { contextKeysOf } from './context-keys-of.ts'
import { type PageInput, pageOfList } from './pagination.ts'
import { type SimulatedPolicy, simulatedPolicy } from './simulated-policies.ts'
import { statementPositions } from './statement-positions.ts'

export interface SimulationInput extends PageInput {
  ActionNames: string[]
  PolicyInputList?: string[]
  PermissionsBoundaryPolicyInputList?: string[]
  ResourceArns?: string[]
  ResourcePolicy?: string
  ResourceOwner?: string
  CallerArn?: string
  ContextEntries?: { ContextKeyName?: string; ContextKeyValues?: string[]; ContextKeyType?: string }[]
}

/** What is simulated: who asks, by ARN, and the policies that bind them. */
export interface Simulated {
  principal: string
  accountId: string
  identity: readonly SimulatedPolicy[]
  boundary: SimulatedPolicy | null
}

const contextOf = ({ ContextEntries = [] }: SimulationInput): Record<string, ContextValue> =>
  Object.fromEntries(
    ContextEntries.map(({ ContextKeyName = '', ContextKeyValues = [], ContextKeyType = 'string' }) => [
      ContextKeyName,
      ContextKeyType.endsWith('List') ? ContextKeyValues : (ContextKeyValues[0] ?? ''),
    ]),
  )

/** Follow from the principal, so that a request never misses them. */
const derived = new Set([
  'aws:username',
  'aws:userid',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:resourceaccount',
])

const sourceTypes: Readonly<Record<string, string>> = {
  'permissions boundary': 'Permissions Boundary Policy',
  'resource-based': 'Resource Policy',
}

const matched = (verdict: StatementVerdict, policies: readonly SimulatedPolicy[]) => ({
  SourcePolicyId: verdict.policy,
  SourcePolicyType: sourceTypes[verdict.policyType] ?? 'IAM Policy',
  ...statementPositions(policies.find(policy => policy.name === verdict.policy)?.text ?? '')[verdict.index],
})

const judge = (request: AccessRequest, policies: PolicySet): Decision => {
  try {
    return decide(request, policies)
  } catch (error) {
    throw new AwsError('InvalidInput', 400, error instanceof Error ? error.message : String(error))
  }
}

const requireArn = (arn: string): string => {
  if (arn === '*' || arn.startsWith('arn:')) return arn
  throw new AwsError('InvalidInput', 400, `Invalid ARN provided in the request: ${arn}`)
}

/**
 * One result per action and resource. Repository and trust policies are not looked up: a ResourcePolicy takes part only when it is given.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const simulate = (input: SimulationInput, simulated: Simulated): Record<string, unknown> => {
  const resource = input.ResourcePolicy === undefined ? [] : [simulatedPolicy('ResourcePolicy', input.ResourcePolicy)]
  const { identity, boundary } = simulated
  const all = [...identity, ...(boundary === null ? [] : [boundary]), ...resource]
  const context = contextOf(input)
  const given = new Set([...Object.keys(context).map(key => key.toLowerCase()), ...derived])
  const missing = contextKeysOf(all.map(policy => policy.text)).filter(key => !given.has(key.toLowerCase()))
  const principal = input.CallerArn ?? simulated.principal
  const owner =
    input.ResourceOwner === undefined
      ? simulated.accountId
      : (/\d{12}/.exec(input.ResourceOwner)?.[0] ?? simulated.accountId)

  const evaluate = (action: string, arn: string): Record<string, unknown> => {
    const decision = judge(
      {
        principal,
        account: accountOf(principal),
        action,
        resource: requireArn(arn),
        resourceAccount: accountOf(arn) ?? owner,
        context,
      },
      { identity, boundary, resource },
    )
    const allows = decision.layers.find(layer => layer.policyType === 'permissions boundary')?.verdict === 'allows'
    const shared = {
      MatchedStatements: decision.deciding.map(verdict => matched(verdict, all)),
      MissingContextValues: missing,
      ...(boundary === null ? {} : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allows } }),
      EvalDecisionDetails: {},
    }
    const specific = { EvalResourceName: arn, EvalResourceDecision: decision.decision, ...shared }
    return {
      EvalActionName: action,
      EvalResourceName: arn,
      EvalDecision: decision.decision,
      ...shared,
      ...(input.ResourceArns === undefined ? {} : { ResourceSpecificResults: [specific] }),
    }
  }

  const pairs = input.ActionNames.flatMap(action => (input.ResourceArns ?? ['*']).map(arn => ({ action, arn })))
  const { items, rest } = pageOfList(pairs, input, ({ action, arn }) => `${action} ${arn}`)
  return { EvaluationResults: items.map(({ action, arn }) => evaluate(action, arn)), ...rest }
}

const accountOf = (arn: string): string | null => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null

import {
  type AccessRequest,
  type Decision,
  decide,
  type PolicySet,
  type PolicyType,
  type StatementVerdict,
} from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import { contextKeysOf } from './context-keys-of.ts'
import { pageOfList } from './pagination.ts'
import { type SimulatedPolicy, simulatedPolicy } from './simulated-policies.ts'
import { contextOf, type SimulationInput, scpsGiven } from './simulation-input.ts'
import { statementPositions } from './statement-positions.ts'

/** What is simulated: who asks, by ARN, and the policies that bind them. */
export interface Simulated {
  principal: string
  accountId: string
  identity: readonly SimulatedPolicy[]
  boundary: SimulatedPolicy | null
  /** SCPs that bind the principal's account, for where the request gives none. */
  scps?: PolicySet['scps']
}

/** Follow from the principal, so that a request never misses them. */
const derived = new Set([
  'aws:username',
  'aws:userid',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:resourceaccount',
])

const scp = 'service control policy'

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

const says = ({ layers }: Decision, policyType: PolicyType): string | undefined =>
  layers.find(layer => layer.policyType === policyType)?.verdict

const severity = ['explicitDeny', 'implicitDeny', 'allowed'] as const

/**
 * One result per action, with one part for each resource given. Repository and trust policies are not looked up: a ResourcePolicy takes part
 * only when it is given. SCPs decide, but their statements are not shown.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const simulate = (input: SimulationInput, simulated: Simulated): Record<string, unknown> => {
  const resource = input.ResourcePolicy === undefined ? [] : [simulatedPolicy('ResourcePolicy', input.ResourcePolicy)]
  const { identity, boundary } = simulated
  const scps = scpsGiven(input) ?? simulated.scps ?? null
  const all = [...identity, ...(boundary === null ? [] : [boundary]), ...resource]
  const context = contextOf(input)
  const given = new Set([...Object.keys(context).map(key => key.toLowerCase()), ...derived])
  const missing = contextKeysOf(all.map(policy => policy.text)).filter(key => !given.has(key.toLowerCase()))
  const principal = input.CallerArn ?? simulated.principal
  const owner = /\d{12}/.exec(input.ResourceOwner ?? '')?.[0] ?? simulated.accountId

  const decisionOn = (action: string, arn: string): Decision =>
    judge(
      {
        principal,
        account: accountOf(principal),
        action,
        resource: requireArn(arn),
        resourceAccount: accountOf(arn) ?? owner,
        context,
      },
      { identity, boundary, resource, scps },
    )

  /** What the whole and its parts have alike; of several decisions those count that made the whole what it is. */
  const details = (decisions: readonly Decision[]): Record<string, unknown> => {
    const statements = decisions.flatMap(({ deciding }) => deciding).filter(({ policyType }) => policyType !== scp)
    const shown = statements.map(verdict => matched(verdict, all))
    const allowedBy = (policyType: PolicyType) => decisions.every(each => says(each, policyType) === 'allows')
    return {
      MatchedStatements: [...new Map(shown.map(statement => [JSON.stringify(statement), statement])).values()],
      MissingContextValues: missing,
      ...(scps && scps.length > 0 ? { OrganizationsDecisionDetail: { AllowedByOrganizations: allowedBy(scp) } } : {}),
      ...(boundary === null
        ? {}
        : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allowedBy('permissions boundary') } }),
      ...(decisions.some(({ policyType }) => policyType === scp) ? {} : { EvalDecisionDetails: {} }),
    }
  }

  const evaluate = (action: string): Record<string, unknown> => {
    const { ResourceArns = ['*'] } = input
    const parts = ResourceArns.map(arn => ({ arn, decision: decisionOn(action, arn) }))
    const whole = severity.find(each => parts.some(({ decision }) => decision.decision === each))
    const decisive = parts.filter(({ decision }) => decision.decision === whole).map(({ decision }) => decision)
    const specific = parts.map(({ arn, decision }) => {
      const { OrganizationsDecisionDetail: _, ...rest } = details([decision])
      return { EvalResourceName: arn, EvalResourceDecision: decision.decision, ...rest }
    })
    return {
      EvalActionName: action,
      // A recorded answer for one resource names it; the API page speaks of the type's template.
      EvalResourceName: ResourceArns.length === 1 ? ResourceArns[0] : '*',
      EvalDecision: whole,
      ...details(decisive),
      ...(input.ResourceArns === undefined ? {} : { ResourceSpecificResults: specific }),
    }
  }

  const { items, rest } = pageOfList(input.ActionNames, input, action => action)
  return { EvaluationResults: items.map(evaluate), ...rest }
}

const accountOf = (arn: string): string | null => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null

import { type Decision, decide, type LayerVerdict, type PolicyType, type StatementVerdict } from '../policy/index.ts'
import { contextOf } from './context-keys.ts'
import { denialText } from './denial-text.ts'
import { AwsError } from './errors.ts'
import type { Call, Need } from './operation.ts'
import { organizationFor } from './organization.ts'
import { policiesOf, policiesOfNeed } from './policy-set.ts'
import type { ServiceName } from './wire/service-model.ts'

/** One check and its outcome, as the log shows it. */
export interface Judged {
  action: string
  resource: string
  decision: Decision['decision']
  policyType: PolicyType | null
  /** The statements that decided: policy, position from 0, Sid. */
  statements: Pick<StatementVerdict, 'policyType' | 'policy' | 'index' | 'sid' | 'effect'>[]
  /** What each layer says that has a say. Absent in records of older versions. */
  layers?: LayerVerdict[]
}

/**
 * Decides every need in order; what was decided is added to `checks`.
 * @throws AwsError AccessDenied (AccessDeniedException, 400, from ECR) in AWS's sentence at the first that is refused
 */
export const authorize = (call: Call, service: ServiceName, needs: readonly Need[], checks: Judged[]): void => {
  if (needs.length === 0 || call.authorization === 'off') return
  const own = policiesOf(call.caller, call.state)
  const context = contextOf(call, service)
  for (const need of needs) {
    const decision = isCutOff(call) ? nothingAllows : judge(call, need, own, context)
    checks.push({
      action: need.action,
      resource: need.resource,
      decision: decision.decision,
      policyType: decision.policyType,
      statements: decision.deciding.map(({ policyType, policy, index, sid, effect }) => ({
        policyType,
        policy,
        index,
        ...(sid === undefined ? {} : { sid }),
        effect,
      })),
      layers: decision.layers.filter(({ verdict }) => verdict !== 'notApplicable'),
    })
    if (decision.decision !== 'allowed') {
      throw new AwsError('AccessDenied', 403, denialText(call.caller, need, decision))
    }
  }
}

const nothingAllows: Decision = {
  decision: 'implicitDeny',
  policyType: 'identity-based',
  deciding: [],
  layers: [],
  sure: true,
}

/** Only in tests, see TestAuthorization: who prepares a lab must be able to. */
const isCutOff = ({ authorization, caller }: Call): boolean =>
  authorization === 'deny' && !caller.arn.endsWith(':user/admin')

/** A role that does not exist is refused exactly as one whose trust policy is silent. */
const noSuchRole: Decision = {
  decision: 'implicitDeny',
  policyType: 'role trust policy',
  deciding: [],
  layers: [],
  sure: true,
}

const judge = (
  { caller, state }: Call,
  need: Need,
  own: ReturnType<typeof policiesOf>,
  context: ReturnType<typeof contextOf>,
): Decision => {
  if (need.trustPolicy === null) return noSuchRole
  const isOutside = caller.kind === 'web-identity'
  const resourceAccount = need.resourceAccount ?? accountIn(need.resource) ?? caller.accountId
  const callerAccount = isOutside ? null : caller.accountId
  const organization = organizationFor(state, callerAccount, resourceAccount)
  const hasIssuer = caller.kind === 'role-session' || caller.kind === 'federated-user'
  return decide(
    {
      principal: caller.arn,
      account: callerAccount,
      principalId: caller.principalId,
      issuerArn: hasIssuer ? caller.issuerArn : undefined,
      action: need.action,
      resource: need.resource,
      resourceAccount,
      context: Object.assign({}, context, organization.context, need.context),
    },
    Object.assign(policiesOfNeed(need), own, organization.policies),
  )
}

const accountIn = (arn: string): string | null => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null

import { type Call, defineOperation } from '../operation.ts'
import { issueSession } from './issue-session.ts'
import { checkSessionPolicy, packedPolicySize, type SessionPolicyInput, sessionPolicyArns } from './session-policy.ts'
import { checkSessionTags, type SessionTagsInput, sessionTagContext, sessionTags } from './session-tags.ts'

interface GetFederationTokenInput extends SessionPolicyInput, SessionTagsInput {
  Name: string
  DurationSeconds?: number
}

const arnOf = ({ input, caller }: Call<GetFederationTokenInput>): string =>
  `arn:aws:sts::${caller.accountId}:federated-user/${input.Name}`

/** Without a session policy the federated user may do nothing by identity. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
export const GetFederationToken = defineOperation<GetFederationTokenInput>({
  effect: 'changes',
  needs(call) {
    const { input } = call
    checkSessionTags(input, null)
    checkSessionPolicy(input)
    const need = { resource: arnOf(call), context: sessionTagContext(input, null) }
    const tagging = (input.Tags ?? []).length === 0 ? [] : [{ ...need, action: 'sts:TagSession' }]
    return [{ ...need, action: 'sts:GetFederationToken' }, ...tagging]
  },
  handle(call) {
    const { input, caller, state } = call
    const { tags } = sessionTags(input, null)
    const session = {
      kind: 'federated-user' as const,
      accountId: caller.accountId,
      principalId: caller.principalId,
      name: caller.name ?? 'root',
      sessionName: input.Name,
      policy: input.Policy ?? null,
      policyArns: sessionPolicyArns(input, caller.accountId, state),
      tags,
      transitiveTagKeys: [],
      sourceIdentity: null,
      mfaAt: null,
      chained: false,
    }
    const packed = packedPolicySize(input, tags)
    const duration = Math.min(input.DurationSeconds ?? 43_200, caller.kind === 'root' ? 3600 : 129_600)
    return {
      Credentials: issueSession(call, session, duration),
      FederatedUser: { FederatedUserId: `${caller.accountId}:${input.Name}`, Arn: arnOf(call) },
      PackedPolicySize: packed,
    }
  },
})

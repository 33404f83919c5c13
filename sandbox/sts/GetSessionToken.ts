import { defineOperation } from '../operation.ts'
import { issueSession } from './issue-session.ts'
import { type MfaInput, useMfa } from './mfa.ts'

interface GetSessionTokenInput extends MfaInput {
  DurationSeconds?: number
}

/** No policy controls it. The root user's last an hour at most. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const GetSessionToken = defineOperation<GetSessionTokenInput>({
  effect: 'changes',
  needs: () => [],
  handle(call) {
    const { input, caller, now } = call
    const hasMfa = useMfa(call)
    const isRoot = caller.kind === 'root'
    const session = {
      kind: 'session-token' as const,
      accountId: caller.accountId,
      principalId: caller.principalId,
      name: caller.name ?? 'root',
      sessionName: caller.name ?? 'root',
      policy: null,
      policyArns: [],
      tags: {},
      transitiveTagKeys: [],
      sourceIdentity: null,
      mfaAt: hasMfa ? now : null,
      chained: false,
    }
    const duration = Math.min(input.DurationSeconds ?? 43_200, isRoot ? 3600 : 129_600)
    return { Credentials: issueSession(call, session, duration) }
  },
})

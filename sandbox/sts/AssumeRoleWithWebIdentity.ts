import { invalidToken } from '../caller.ts'
import { defineOperation } from '../operation.ts'
import { accountAndName, checkRoleArn, roleOf, roleTagContext, sessionDuration, trustPolicyOf } from './assumed-role.ts'
import { issueSession } from './issue-session.ts'
import { checkSessionPolicy, packedPolicySize, type SessionPolicyInput, sessionPolicyArns } from './session-policy.ts'

interface Input extends SessionPolicyInput {
  RoleArn: string
  RoleSessionName: string
  WebIdentityToken: string
  DurationSeconds?: number
}

/** The token was verified before: its caller is the provider. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const AssumeRoleWithWebIdentity = defineOperation<Input>({
  effect: 'changes',

  needs({ input, caller, state }) {
    checkRoleArn(input.RoleArn)
    checkSessionPolicy(input)
    const role = roleOf(input.RoleArn, state)
    return [
      {
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: input.RoleArn,
        trustPolicy: trustPolicyOf(role),
        context: {
          ...caller.webIdentity?.keys,
          'sts:RoleSessionName': input.RoleSessionName,
          ...roleTagContext(role),
        },
      },
    ]
  },

  handle(call) {
    const { input, caller, state } = call
    const role = roleOf(input.RoleArn, state)
    if (role === undefined) throw invalidToken()
    const { accountId } = accountAndName(input.RoleArn)
    const packed = packedPolicySize(input, {})
    const session = {
      kind: 'role-session' as const,
      accountId,
      principalId: role.RoleId,
      name: role.RoleName,
      sessionName: input.RoleSessionName,
      policy: input.Policy ?? null,
      policyArns: sessionPolicyArns(input, accountId, state),
      tags: {},
      transitiveTagKeys: [],
      sourceIdentity: null,
      mfaAt: null,
      chained: false,
      provider: caller.arn,
    }
    return {
      SubjectFromWebIdentityToken: caller.webIdentity?.subject,
      Audience: caller.webIdentity?.audience,
      AssumedRoleUser: {
        AssumedRoleId: `${role.RoleId}:${input.RoleSessionName}`,
        Arn: `arn:aws:sts::${accountId}:assumed-role/${role.RoleName}/${input.RoleSessionName}`,
      },
      Credentials: issueSession(call, session, sessionDuration(input.DurationSeconds, role, false)),
      PackedPolicySize: packed === 0 ? undefined : packed,
      Provider: caller.arn,
    }
  },
})

import type { ContextValue } from '../../policy/index.ts'
import { invalidToken } from '../caller.ts'
import type { Role } from '../iam/entities.ts'
import { type Call, defineOperation, type Need } from '../operation.ts'
import {
  accountAndName,
  checkRoleArn,
  roleOf,
  roleTagContext,
  sessionDuration,
  trustPolicyOf,
  validationError,
} from './assumed-role.ts'
import { issueSession } from './issue-session.ts'
import { checkMfa, type MfaInput, useMfa } from './mfa.ts'
import { checkSessionPolicy, packedPolicySize, type SessionPolicyInput, sessionPolicyArns } from './session-policy.ts'
import { checkSessionTags, type SessionTagsInput, sessionTagContext, sessionTags } from './session-tags.ts'

interface AssumeRoleInput extends SessionPolicyInput, SessionTagsInput, MfaInput {
  RoleArn: string
  RoleSessionName: string
  DurationSeconds?: number
  ExternalId?: string
  SourceIdentity?: string
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const AssumeRole = defineOperation<AssumeRoleInput>({
  effect: 'changes',

  /** Setting tags and a source identity, inherited ones too, are checks of their own on the same role. */
  needs(call) {
    const { input, caller, state } = call
    checkInput(call)
    const mfa = checkMfa(call) !== null
    const role = roleOf(input.RoleArn, state)
    const need = (action: string): Need => ({
      action,
      resource: input.RoleArn,
      trustPolicy: trustPolicyOf(role),
      context: { ...contextOf(call, role), ...(mfa ? withMfa : {}) },
    })
    const { tags } = sessionTags(input, caller.session)
    return [
      need('sts:AssumeRole'),
      ...(Object.keys(tags).length === 0 ? [] : [need('sts:TagSession')]),
      ...(sourceIdentity(call) === null ? [] : [need('sts:SetSourceIdentity')]),
    ]
  },

  handle(call) {
    const { input, caller, state } = call
    const role = roleOf(input.RoleArn, state)
    // Deleted, and its deletion not enforced yet.
    if (role === undefined) throw invalidToken()
    useMfa(call)
    const { accountId } = accountAndName(input.RoleArn)
    const { tags, transitiveTagKeys } = sessionTags(input, caller.session)
    const chained = caller.kind === 'role-session'
    const duration = sessionDuration(input.DurationSeconds, role, chained)
    const packed = packedPolicySize(input, tags)
    const session = {
      kind: 'role-session' as const,
      accountId,
      principalId: role.RoleId,
      name: role.RoleName,
      sessionName: input.RoleSessionName,
      policy: input.Policy ?? null,
      policyArns: sessionPolicyArns(input, accountId, state),
      tags,
      transitiveTagKeys,
      sourceIdentity: sourceIdentity(call),
      // The role's session does not carry the MFA on: only the trust policy can ask for it (IAM guide, MFA-protected API access).
      mfaAt: null,
      chained,
    }
    return {
      AssumedRoleUser: {
        AssumedRoleId: `${role.RoleId}:${input.RoleSessionName}`,
        Arn: `arn:aws:sts::${accountId}:assumed-role/${role.RoleName}/${input.RoleSessionName}`,
      },
      Credentials: issueSession(call, session, duration),
      SourceIdentity: session.sourceIdentity,
      PackedPolicySize: packed === 0 ? undefined : packed,
    }
  },
})

/** A code was given with this very request. */
const withMfa = { 'aws:MultiFactorAuthPresent': true, 'aws:MultiFactorAuthAge': 0 } as const

/** What STS checks between the model's constraints and authorization. */
const checkInput = (call: Call<AssumeRoleInput>): void => {
  const { input, caller } = call
  checkRoleArn(input.RoleArn)
  checkSessionTags(input, caller.session)
  checkSessionPolicy(input)
  const inherited = caller.session?.sourceIdentity ?? null
  if (inherited !== null && input.SourceIdentity !== undefined && input.SourceIdentity !== inherited) {
    throw validationError('The source identity is already set for this assume role session')
  }
}

const sourceIdentity = ({ input, caller }: Call<AssumeRoleInput>): string | null =>
  input.SourceIdentity ?? caller.session?.sourceIdentity ?? null

const contextOf = (call: Call<AssumeRoleInput>, role: Role | undefined): Record<string, ContextValue> => {
  const { input, caller } = call
  const identity = sourceIdentity(call)
  return {
    'sts:RoleSessionName': input.RoleSessionName,
    ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
    ...(identity === null ? {} : { 'sts:SourceIdentity': identity }),
    ...sessionTagContext(input, caller.session),
    ...roleTagContext(role),
  }
}

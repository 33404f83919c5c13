import type { ContextValue } from '../policy/index.ts'
import { roles, type Tag, users } from './iam/entities.ts'
import type { Call } from './operation.ts'
import type { ServiceName } from './wire/service-model.ts'

/**
 * The condition keys of a request that follow neither from the principal's ARN nor from the resource (policy/ derives those).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const contextOf = (call: Call, service: ServiceName): Record<string, ContextValue> => ({
  'aws:CurrentTime': currentTime(call.now),
  'aws:EpochTime': Math.floor(call.now / 1000),
  // The wire is plain HTTP, but a policy that denies it means the open network: AWS's endpoints are always reached by TLS.
  'aws:SecureTransport': true,
  'aws:SourceIp': call.client.sourceIp.replace(/^::ffff:/, ''),
  'aws:UserAgent': call.client.userAgent,
  'aws:ViaAWSService': false,
  'aws:RequestedRegion': service === 'iam' ? 'us-east-1' : call.region,
  ...sessionKeys(call),
  ...principalTags(call),
})

/** Written once a second. */
const currentTime = (now: number): string => {
  const second = Math.floor(now / 1000)
  if (second !== lastSecond.second) lastSecond = { second, text: secondsOf(now) }
  return lastSecond.text
}

let lastSecond = { second: Number.NaN, text: '' }

const secondsOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`

/** Present in calls with temporary credentials only: `aws:MultiFactorAuthPresent` is absent, not false, for a long-term key. */
const sessionKeys = ({ caller: { session }, now }: Call): Record<string, ContextValue> => {
  if (session === null) return {}
  return {
    'aws:TokenIssueTime': secondsOf(session.issuedAt),
    'aws:MultiFactorAuthPresent': session.mfaAt !== null,
    ...(session.mfaAt === null ? {} : { 'aws:MultiFactorAuthAge': Math.floor((now - session.mfaAt) / 1000) }),
    ...(session.provider === undefined ? {} : { 'aws:FederatedProvider': session.provider }),
    ...(session.sourceIdentity === null ? {} : { 'aws:SourceIdentity': session.sourceIdentity }),
  }
}

/** A session's tag hides the role's or user's of the same key, whatever its case. */
const principalTags = (call: Call): Record<string, ContextValue> => {
  const { session } = call.caller
  const own = ownTags(call)
  if (own.length === 0 && session === null) return {}
  const tags = new Map(own.map(({ Key, Value }) => [Key.toLowerCase(), { Key, Value }]))
  for (const [Key, Value] of Object.entries(session?.tags ?? {})) tags.set(Key.toLowerCase(), { Key, Value })
  return Object.fromEntries(Array.from(tags.values(), ({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]))
}

const ownTags = ({ caller: { kind, accountId, name }, state }: Call): readonly Tag[] => {
  if (name === null) return []
  const key = [accountId, name.toLowerCase()]
  return (kind === 'role-session' ? state.get(roles, ...key) : state.get(users, ...key))?.Tags ?? []
}

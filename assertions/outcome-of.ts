import { causeOfCode, isDenialCode } from './codes.ts'
import { nearMissIn } from './denial/near-misses.ts'
import { parseDenial } from './denial/parse-denial.ts'
import { squeeze } from './denial/squeeze.ts'
import type { Denial, Denied, Failed, FailureCause } from './outcome.ts'

/** An error as a client reports it. `code` is AWS's, or Node's (`ECONNREFUSED`); `message` is AWS's own sentence. */
export interface CallError {
  code: string
  message: string
  httpStatus: number | null
  requestId: string | null
  /** `ListImages`; null when unknown. */
  operation: string | null
  /** What came all the same: a program's exit status and streams. */
  output?: unknown
}

const causeOfStatus = (status: number | null): FailureCause | null => {
  if (status === null) return null
  if (status === 429) return 'throttled'
  if (status === 401) return 'credentials'
  return status >= 500 ? 'unavailable' : null
}

/** A refusal's status: 400 in AWS's JSON protocols, 401 or 403 elsewhere; null for text that came without one. */
const mayRefuse = (status: number | null) => status === null || (status >= 400 && status < 500 && status !== 429)

const fieldsOf = ({ code, message, operation }: CallError): Denial => {
  const { principal, action, resource, decision, policyType, policyArn, ...read } = parseDenial(message)
  return { code, operation: operation ?? read.operation, principal, action, resource, decision, policyType, policyArn }
}

/**
 * Decides whether an error is a refusal or a failure, from AWS's code and text. A refusal bears a code of denial and is
 * none of the near misses that bear one too (a wrong MFA code, an expired registry login); an unknown code is a failure.
 */
export const outcomeOf = (error: CallError): Denied | Failed => {
  const { code, message, httpStatus, requestId } = error
  const { lower } = squeeze(message)
  const miss = nearMissIn(lower)
  const isSentence = miss !== null && parseDenial(message).isDenial
  if (isDenialCode(code) && mayRefuse(httpStatus) && (miss === null || isSentence)) {
    return { outcome: 'denied', code, message, httpStatus, requestId, denial: fieldsOf(error) }
  }
  const known = causeOfCode(code) ?? (miss !== null && isDenialCode(code) ? miss.cause : null)
  const cause = known ?? causeOfStatus(httpStatus) ?? (httpStatus === null ? 'local' : 'request')
  const failed: Failed = { outcome: 'failed', cause, code, message, httpStatus, requestId }
  return error.output === undefined ? failed : { ...failed, output: error.output }
}

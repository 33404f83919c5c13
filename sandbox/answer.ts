import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Addressee, addresseeOf, isAnswer } from './addressee.ts'
import { AwsError } from './errors.ts'
import { faultError, type Strike } from './faults/faults.ts'
import type { Core } from './sandbox-core.ts'
import { serveCall, type Trace } from './serve-call.ts'
import { findKeys } from './web-identity/web-identity.ts'
import type { HttpAnswer, HttpRequest } from './wire/exchange.ts'
import { protocols } from './wire/protocol.ts'
import { loadedModel, serviceModel } from './wire/service-model.ts'

/**
 * Answers one API request, and logs it. Whatever goes wrong is answered in the service's own form; a fault of ours is InternalFailure, 500.
 */
export const answer = async (core: Core, request: HttpRequest): Promise<HttpAnswer> => {
  const started = performance.now()
  const requestId = randomUUID()
  const trace: Trace = { caller: null, region: null, checks: [] }
  let addressee: Addressee | null = null
  let code: string | null = null
  let strike: Strike | null = null
  let result: HttpAnswer
  try {
    const found = addresseeOf(request)
    if (isAnswer(found)) return found
    addressee = found
    strike = core.faults?.strike(addressee.service, addressee.operation) ?? null
    result = await serveOrFail(core, request, addressee, requestId, trace, strike)
  } catch (error) {
    const protocol = protocols[addressee?.service ?? protocolGuess(request)]
    const refusal = protocol.spell(error instanceof AwsError ? error : internalFailure(error))
    code = refusal.code
    // A refusal is an answer like another: it can be lost too.
    result = cutBy(strike, protocol.failure(refusal, requestId))
  }
  if (addressee?.service === 'sts')
    result.headers['x-amz-sts-extended-request-id'] = extendedRequestId(trace.region ?? core.region, core.now())
  core.log.write({
    at: core.now(),
    requestId,
    service: addressee?.service ?? '',
    operation: addressee?.operation ?? '',
    caller: trace.caller?.arn ?? null,
    accessKeyId: trace.caller?.accessKeyId ?? null,
    region: trace.region,
    checks: trace.checks,
    status: result.status,
    code,
    milliseconds: Math.round((performance.now() - started) * 1000) / 1000,
  })
  return result
}

/** Serves the call, unless a fault that somebody asked for stands in the way. */
const serveOrFail = async (
  core: Core,
  request: HttpRequest,
  addressee: Addressee,
  requestId: string,
  trace: Trace,
  strike: Strike | null,
): Promise<HttpAnswer> => {
  // An answer that is late keeps nobody waiting who has closed the sandbox.
  if (strike !== null && strike.delay > 0) await sleep(strike.delay, undefined, { ref: false })
  if (strike?.when === 'before') return struck(strike, addressee, { status: 500, headers: {}, body: '' })
  const model = loadedModel(addressee.service) ?? (await serviceModel(addressee.service))
  const keys = isUnsigned(addressee) ? await findKeys(core.state, partsOf(addressee)) : null
  const result = serveCall(core, request, addressee, model, requestId, trace, keys)
  return strike === null ? result : struck(strike, addressee, result)
}

/** The one call that carries its proof in its parameters, and no signature. */
const isUnsigned = ({ service, operation }: Addressee): boolean =>
  service === 'sts' && operation === 'AssumeRoleWithWebIdentity'

const partsOf = ({ parameters }: Addressee) => ({
  RoleArn: parameters?.get('RoleArn') ?? '',
  WebIdentityToken: parameters?.get('WebIdentityToken') ?? '',
})

/** @throws AwsError of a fault that answers */
const struck = (strike: Strike, { service }: Addressee, result: HttpAnswer): HttpAnswer => {
  const error = faultError(strike.kind, service)
  if (error !== null) throw error
  return cutBy(strike, result)
}

const cutBy = (strike: Strike | null, result: HttpAnswer): HttpAnswer =>
  strike?.kind === 'reset' || strike?.kind === 'truncate' ? { ...result, cut: strike.kind } : result

/** The form that STS's answers show in logs. */
const extendedRequestId = (region: string, now: number): string =>
  Buffer.from(`1:${region}:S:${now}:R:${randomUUID().slice(0, 8)}`).toString('base64')

const internalFailure = (error: unknown): AwsError =>
  new AwsError('InternalFailure', 500, `the sandbox failed: ${error instanceof Error ? error.message : String(error)}`)

const protocolGuess = (request: HttpRequest): 'sts' | 'ecr' =>
  (request.headers['content-type'] ?? '').startsWith('application/x-amz-json') ? 'ecr' : 'sts'

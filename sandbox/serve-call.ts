import type { Addressee } from './addressee.ts'
import { authenticate } from './authenticate.ts'
import type { Judged } from './authorize.ts'
import { AwsError } from './errors.ts'
import type { Call, Caller } from './operation.ts'
import { perform, servedOperation } from './perform.ts'
import type { Core } from './sandbox-core.ts'
import type { Store } from './state/store.ts'
import { type FoundKeys, webIdentityCaller } from './web-identity/web-identity.ts'
import { constraintError } from './wire/constraint-text.ts'
import { violations } from './wire/constraints.ts'
import type { HttpAnswer, HttpRequest } from './wire/exchange.ts'
import { jsonInput } from './wire/json-input.ts'
import { protocols } from './wire/protocol.ts'
import { queryInput } from './wire/query-input.ts'
import type { ServiceModel } from './wire/service-model.ts'
import type { OperationModel } from './wire/shape.ts'

/** What became known of a request on its way, for the log. */
export interface Trace {
  caller: Caller | null
  region: string | null
  checks: Judged[]
}

/**
 * Serves one call in one transaction. The order is AWS's: authentication, the values' constraints, authorization, and only then the
 * resource.
 * @throws AwsError with the Query services' codes where shared code words it
 */
export const serveCall = (
  core: Core,
  request: HttpRequest,
  addressee: Addressee,
  service: ServiceModel,
  requestId: string,
  trace: Trace,
  webIdentityKeys: FoundKeys | null,
): HttpAnswer => {
  const model = service.operation(addressee.operation)
  const operation = servedOperation(addressee.service, addressee.operation)
  const work = (plain: Store): HttpAnswer => {
    const now = core.now()
    const state = core.propagation?.around(plain, now) ?? plain
    const settled = state.settled ?? state
    const protocol = protocols[addressee.service]
    const expected = { service: addressee.service, clockSkew: protocol.clockSkew }
    if (addressee.operation === 'AssumeRoleWithSAML') throw notImplemented('sts:AssumeRoleWithSAML')
    const signer = webIdentityKeys === null ? authenticate(request, expected, settled, core.secrets, now) : null
    const region = signer?.region ?? core.region
    Object.assign(trace, { caller: signer?.caller ?? null, region })
    if (signer !== null) core.usage.note(signer.caller, addressee.service, region, now)
    if (addressee.refusal !== null) throw addressee.refusal
    if (model === undefined) throw unknownOperation(addressee)
    if (operation === undefined) throw notImplemented(`${addressee.service}:${addressee.operation}`)
    const input = inputOf(addressee, model, request)
    const caller = signer?.caller ?? callerWithoutSignature(settled, input, webIdentityKeys, now)
    trace.caller = caller
    const { host = '', 'user-agent': userAgent = '' } = request.headers
    const client = { sourceIp: request.sourceIp, userAgent, origin: `http://${host}` }
    const { secrets, blobs, authorization } = core
    const call: Call = { input, caller, state, region, now, requestId, client, secrets, blobs, authorization }
    return protocol.success(
      model,
      perform(addressee.service, addressee.operation, operation, call, trace.checks),
      requestId,
    )
  }
  return operation?.effect === 'changes' ? core.state.write(work) : core.state.read(work)
}

/** Its proof is in its parameters, which their constraints have let pass. */
const callerWithoutSignature = (
  state: Store,
  { RoleArn, WebIdentityToken }: Record<string, unknown>,
  keys: FoundKeys | null,
  now: number,
): Caller =>
  webIdentityCaller(
    state,
    { RoleArn: String(RoleArn), WebIdentityToken: String(WebIdentityToken) },
    keys ?? { refusal: notImplemented('a call without a signature') },
    now,
  )

const inputOf = (
  { service, parameters }: Addressee,
  model: OperationModel,
  request: HttpRequest,
): Record<string, unknown> => {
  const input = parameters === null ? jsonInput(model.input, request.body) : queryInput(model.input, parameters)
  const [first, ...rest] = violations(service, model.input, input)
  if (first !== undefined) throw constraintError(service, [first, ...rest])
  return input
}

const unknownOperation = ({ operation, parameters }: Addressee): AwsError =>
  parameters === null
    ? new AwsError('InvalidAction', 400, `${operation} is not an operation of ECR, nor implemented by the sandbox`)
    : new AwsError(
        'InvalidAction',
        400,
        `Could not find operation ${operation} for version ${parameters.get('Version')}`,
      )

const notImplemented = (what: string): AwsError =>
  new AwsError('NotImplemented', 501, `${what} is not implemented by the sandbox`)

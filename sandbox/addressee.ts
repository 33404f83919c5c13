import { AwsError } from './errors.ts'
import type { HttpAnswer, HttpRequest } from './wire/exchange.ts'
import { ecrTarget, queryVersions } from './wire/protocol.ts'
import { type Parameters, parseParameters } from './wire/query-parameters.ts'
import type { ServiceName } from './wire/service-model.ts'

/** Which operation of which service a request asks for, before anything of it is believed. */
export interface Addressee {
  service: ServiceName
  operation: string
  /** Of a Query request; null for JSON. */
  parameters: Parameters | null
  /** Of a Query request that names no version of this service: AWS's refusal, due after authentication. */
  refusal: AwsError | null
}

/** One endpoint serves all: the target header, the API version and the signature's scope tell the service. */
export const addresseeOf = (request: HttpRequest): Addressee | HttpAnswer => {
  const target = request.headers['x-amz-target']
  const signedFor = (): string | null => signingService(request)
  if (target !== undefined || (request.headers['content-type'] ?? '').startsWith('application/x-amz-json')) {
    return jsonAddressee(target ?? '', signedFor)
  }
  const parameters = parametersOf(request)
  const action = parameters?.get('Action')
  if (parameters === null || action === undefined) return toProductPage(request)
  return queryAddressee(action, parameters, signedFor)
}

export const isAnswer = (outcome: Addressee | HttpAnswer): outcome is HttpAnswer => 'status' in outcome

const jsonAddressee = (target: string, signedFor: () => string | null): Addressee => {
  if (target.startsWith(ecrTarget)) {
    return { service: 'ecr', operation: target.slice(ecrTarget.length), parameters: null, refusal: null }
  }
  const service = signedFor()
  if (service !== null && service !== 'ecr') throw notServed(service)
  const refusal = new AwsError(
    'InvalidAction',
    400,
    `${target === '' ? 'a request without X-Amz-Target' : target} is not implemented by the sandbox`,
  )
  return { service: 'ecr', operation: target, parameters: null, refusal }
}

const queryAddressee = (operation: string, parameters: Parameters, signedFor: () => string | null): Addressee => {
  const version = parameters.get('Version')
  const service = serviceOf(version, signedFor)
  const refusal =
    version === queryVersions[service]
      ? null
      : new AwsError(
          'InvalidAction',
          400,
          `Could not find operation ${operation} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
        )
  return { service, operation, parameters, refusal }
}

const serviceOf = (version: string | undefined, signedFor: () => string | null): 'iam' | 'sts' => {
  if (version === queryVersions.iam) return 'iam'
  if (version === queryVersions.sts) return 'sts'
  const service = signedFor()
  if (service === 'iam' || service === 'sts' || service === null) return service ?? 'sts'
  throw notServed(service)
}

const notServed = (service: string): AwsError =>
  new AwsError(
    'NotImplemented',
    501,
    `the service ${service} is not implemented by the sandbox: it has iam, sts and ecr`,
  )

/** The service in the signature's scope, as the client claims it. */
const signingService = (request: HttpRequest): string | null =>
  /Credential=[^/,\s]*\/[^/,\s]*\/[^/,\s]*\/([^/,\s]*)\//.exec(
    request.headers.authorization ?? request.query.replace(/%2F/gi, '/'),
  )?.[1] ?? null

/** null: a POST whose body is no form, or another method. */
const parametersOf = ({ method, headers, body, query }: HttpRequest): Parameters | null => {
  if (method === 'GET') return parseParameters(query)
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  return method === 'POST' && isForm ? parseParameters(body.toString('utf8')) : null
}

/** What IAM and STS answer to a request without an action. */
const toProductPage = ({ method, query }: HttpRequest): HttpAnswer => ({
  status: 302,
  headers: { Location: `https://aws.amazon.com/iam${method === 'GET' && query !== '' ? `?${query}` : ''}` },
  body: '',
})

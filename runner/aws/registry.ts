import { type Outcome, outcomeOf } from '../../assertions/index.ts'
import { type Exchange, exchange, type HttpResponse } from './http.ts'

interface Caller {
  call(operation: string, input: Record<string, unknown>): Promise<Outcome>
  exchange?: Exchange | undefined
}

export interface RegistryPlace {
  /** Endpoint override of the API, where there is one. */
  endpoint: string | null
  region: string
  /** Account whose registry it is. */
  registryId: string
  signal: AbortSignal
}

export interface RegistryRequest {
  method: string
  /** From `/v2/` on, or a Location that the registry gave. */
  path: string
  headers?: Readonly<Record<string, string>>
  body?: Uint8Array | string
}

/** ECR's docker registry face, logged in: each request is authorized anew, as the identity that fetched the token. */
export interface Registry {
  send(request: RegistryRequest): Promise<HttpResponse | { refusal: Outcome }>
}

/**
 * Logs in: GetAuthorizationToken as the caller. An API endpoint on this machine is the registry's, too; elsewhere the answer's proxyEndpoint is.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 */
export async function openRegistry(aws: Caller, place: RegistryPlace): Promise<Registry | { refusal: Outcome }> {
  const outcome = await aws.call('ecr:GetAuthorizationToken', {})
  if (outcome.outcome !== 'allowed') return { refusal: outcome }
  const { authorizationData } = outcome.output as {
    authorizationData?: { authorizationToken?: string; proxyEndpoint?: string }[]
  }
  const { authorizationToken = '', proxyEndpoint = '' } = authorizationData?.[0] ?? {}
  const { base, host } = doorOf(proxyEndpoint, place)
  const authorization = { Authorization: `Basic ${authorizationToken}`, ...(host ? { Host: host } : {}) }
  return {
    async send({ method, path, headers, body }) {
      const url = new URL(path, base)
      const answer = await (aws.exchange ?? exchange)({
        method,
        url: url.href,
        headers: { ...headers, ...(url.host === new URL(base).host ? authorization : {}) },
        body,
        signal: place.signal,
      })
      if ('outcome' in answer) return { refusal: answer }
      return answer.status < 400 ? answer : { refusal: refusalOf(answer) }
    },
  }
}

/** The token opens every registry that its caller may use: the account is the first label of the host's name. */
function doorOf(proxyEndpoint: string, { endpoint, registryId, region }: RegistryPlace) {
  if (endpoint !== null && isLoopback(endpoint))
    return { base: endpoint, host: `${registryId}.dkr.ecr.${region}.localhost:${new URL(endpoint).port}` }
  return { base: proxyEndpoint.replace(/\/\/\d{12}\./, `//${registryId}.`), host: null }
}

const isLoopback = (url: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname)

/** A registry's refusal in its own words: `{ errors: [{ code, message }] }`, `denied: User: ... is not authorized` as docker prints it. */
function refusalOf({ status, headers, bytes }: HttpResponse): Outcome {
  const text = new TextDecoder().decode(bytes)
  const facts = { httpStatus: status, requestId: headers.get('x-amzn-requestid'), operation: null }
  try {
    const { errors } = JSON.parse(text) as { errors?: { code?: string; message?: string }[] }
    const [first] = errors ?? []
    if (first?.code !== undefined) return outcomeOf({ ...facts, code: first.code, message: first.message ?? '' })
  } catch {
    // A status line with a page of text: no registry error.
  }
  return outcomeOf({ ...facts, code: String(status), message: text.trim().slice(0, 500) })
}

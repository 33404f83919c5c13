import type { Failed } from '../../assertions/index.ts'

export interface HttpRequest {
  method: string
  url: string
  headers?: Readonly<Record<string, string>>
  body?: Uint8Array | string | undefined
  signal: AbortSignal
  /** manual: a redirection is the answer. Default: it is followed. */
  redirect?: 'manual'
}

export interface HttpResponse {
  status: number
  headers: Headers
  bytes: Uint8Array
}

/** How a request that no SDK client makes is sent. */
export type Exchange = (request: HttpRequest) => Promise<HttpResponse | Failed>

/** Longest wait for one answer, in milliseconds. */
const patience = 60_000

/**
 * One HTTP exchange that no SDK client makes: a layer's URL, a registry. Redirects are followed; credentials do not follow to another host.
 *
 * @returns the answer whatever its status, or that none came
 */
export async function exchange({ url, signal, body, ...rest }: HttpRequest): Promise<HttpResponse | Failed> {
  try {
    const response = await fetch(url, {
      ...rest,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    })
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
    const said = cause?.message ?? message
    return {
      outcome: 'failed',
      cause: 'network',
      code: cause?.code ?? name,
      message: `no answer from ${new URL(url).host}: ${said}`,
      httpStatus: null,
      requestId: null,
    }
  }
}

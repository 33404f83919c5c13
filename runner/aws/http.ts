import type { Failed } from '../../assertions/index.ts'
import { withinLimits } from './limits.ts'

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

/** So many milliseconds without a byte of an answer, and none comes any more. */
const silence = 20_000
/** Bytes in a millisecond of the slowest line that counts as one: how far a request has got cannot be seen from here. */
const slowest = 32

/**
 * One HTTP exchange that no SDK client makes: a layer's URL, a registry. Redirects are followed; credentials do not follow to another host.
 *
 * @returns the answer whatever its status, or that none came
 */
export async function exchange({ url, signal, body, ...rest }: HttpRequest): Promise<HttpResponse | Failed> {
  const given = body === undefined ? '' : typeof body === 'string' ? body : Buffer.from(body)
  const quiet = new AbortController()
  const timer = setTimeout(
    () => quiet.abort(new DOMException('nothing more came', 'TimeoutError')),
    silence + given.length / slowest,
  )
  try {
    const reads = /^(GET|HEAD)$/.test(rest.method)
    return await withinLimits(reads, async limit => {
      const response = await fetch(url, {
        ...rest,
        ...(body === undefined ? {} : { body: given }),
        signal: AbortSignal.any(reads ? [signal, limit, quiet.signal] : [limit, quiet.signal]),
      })
      const chunks: Uint8Array[] = []
      for await (const chunk of response.body ?? []) {
        timer.refresh()
        chunks.push(chunk)
      }
      return { status: response.status, headers: response.headers, bytes: new Uint8Array(Buffer.concat(chunks)) }
    })
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
  } finally {
    clearTimeout(timer)
  }
}

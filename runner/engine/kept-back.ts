import type { Exchange } from '../aws/http.ts'
import type { Emit } from './events.ts'

/**
 * Tells each request of a registry as it would be sent, as `http:METHOD`, and answers what an empty one would: nothing is there yet, and
 * everything is taken.
 */
export const keptBack =
  (arn: string, emit: Emit): Exchange =>
  async ({ method, url }) => {
    emit({ type: 'would-send', operation: `http:${method}`, input: { url }, as: arn })
    const there = method !== 'HEAD' && method !== 'GET'
    return { status: there ? 202 : 404, headers: new Headers({ location: url }), bytes: new Uint8Array() }
  }

import { type Outcome, outcomeOf } from '../../assertions/index.ts'

interface SdkException {
  name?: string
  message?: string
  code?: string
  Code?: string
  cause?: unknown
  errors?: unknown[]
  $metadata?: { httpStatusCode?: number; requestId?: string; attempts?: number }
  $fault?: string
}

/** Node's and the SDK's names for: no answer came. */
const noAnswer =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET\w*|UND_ERR\w*|TimeoutError|HPE_\w+|AbortError|Interrupted)$/
/** What the SDK says when the body of an error had no message. */
const wordless = /^\s*(UnknownError|Unknown|UnknownServiceError)?\s*$/
const noCredentials = /^(CredentialsProviderError|TokenProviderError|ProviderError)$/

/**
 * The only place that turns what the SDK throws into an outcome. AWS's own answers keep their wire code; everything else is a failure of
 * the network, the credentials or the client's input.
 */
export function outcomeOfException(operation: string, thrown: unknown): Outcome {
  const error = thrown as SdkException
  const { httpStatusCode, requestId } = error.$metadata ?? {}
  const name = error.name ?? 'Error'
  const message = error.message ?? String(thrown)
  const nodeCode = error.code ?? (error.errors?.[0] as SdkException | undefined)?.code ?? ''
  const facts = { message, httpStatus: httpStatusCode ?? null, requestId: requestId ?? null }
  if (noCredentials.test(name)) return { outcome: 'failed', cause: 'credentials', code: name, ...facts }
  if (noAnswer.test(nodeCode) || noAnswer.test(name))
    return { outcome: 'failed', cause: 'network', code: nodeCode || name, ...facts, message: message || nodeCode }
  if (httpStatusCode === undefined) return { outcome: 'failed', cause: 'request', code: name, ...facts }
  // An answer that is no AWS error (a proxy's page, a cut body) has no code worth comparing.
  if (error.$fault === undefined && error.Code === undefined)
    return { outcome: 'failed', cause: 'network', code: name, ...facts }
  const code = error.Code ?? name
  const outcome = outcomeOf({ code, ...facts, operation: operation.split(':')[1] ?? null })
  // A refusal whose words were lost on the way says neither who nor what was refused: it proves nothing.
  return outcome.outcome === 'denied' && wordless.test(message)
    ? { outcome: 'failed', cause: 'network', code, ...facts, message: 'the answer came without its words' }
    : outcome
}

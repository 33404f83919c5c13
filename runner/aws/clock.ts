import { exchange } from './http.ts'

/** AWS refuses signatures made more than five minutes off its own clock. In milliseconds. */
export const toleratedSkew = 5 * 60_000

/**
 * How far this machine's clock is ahead of the endpoint's, in milliseconds, by the Date header of any answer; seconds are all it tells.
 * null: no answer, or none with a date.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export async function clockSkew(endpoint: string | null, region: string, signal: AbortSignal): Promise<number | null> {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  const url = endpoint ?? `https://sts.${region}.${suffix}/`
  // STS sends whoever only looks on to a page of another host's.
  const answer = await exchange({ method: 'GET', url, signal, redirect: 'manual' })
  if ('outcome' in answer) return null
  const theirs = Date.parse(answer.headers.get('date') ?? '')
  return Number.isNaN(theirs) ? null : Date.now() - theirs
}

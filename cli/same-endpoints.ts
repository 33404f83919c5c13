import { endpointsKey, endpointsOfSettings, endpointsWords } from '../runner/aws/endpoints.ts'
import type { RunStarted } from '../runner/engine/journal.ts'
import { guardError } from '../runner/lab-error.ts'

/**
 * A run that was told no endpoint went where the AWS settings of then led: its things are looked for there, and nowhere else, for what is not
 * at another place was not removed.
 *
 * @throws LabError (guard) when the settings lead elsewhere now; nothing was sent
 */
export async function checkEndpoints(start: RunStarted): Promise<void> {
  if (start.target !== 'aws' || start.endpoint !== null) return
  const now = await endpointsOfSettings(start.region)
  if (endpointsKey(now) === endpointsKey(start)) return
  const own = Object.keys(start.endpoints ?? {}).length === 0
  throw guardError(
    `run ${start.runId} was at ${endpointsWords(start)}, and here the AWS settings lead to ${endpointsWords(now)}`,
    own
      ? 'unset AWS_ENDPOINT_URL and those of single services, or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true'
      : 'set AWS_ENDPOINT_URL_<SERVICE> as it was for each of them, and AWS_ENDPOINT_URL as well',
  )
}

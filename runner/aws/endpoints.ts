import { configuredEndpoint, services } from './clients.ts'

/** Where the services are that a run talks to. */
export interface Endpoints {
  /** URL of all of them; null: AWS's own, but for those of `endpoints`. */
  endpoint: string | null
  /** URLs of single services, where the person's AWS settings lead them elsewhere than the others. */
  endpoints?: Readonly<Record<string, string>> | undefined
}

/** Where the SDK goes of itself: by the variables AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>, and the `endpoint_url` of profiles. */
export async function endpointsOfSettings(region: string): Promise<Endpoints> {
  const found = await Promise.all(
    services.map(async service => [service, await configuredEndpoint(service, region)] as const),
  )
  const endpoints = Object.fromEntries(found.flatMap(([service, url]) => (url === undefined ? [] : [[service, url]])))
  const [first, ...others] = found.map(([, url]) => url)
  if (others.every(url => url === first)) return { endpoint: first ?? null }
  return { endpoint: null, endpoints }
}

/** Equal for the same endpoints. */
export const endpointsKey = ({ endpoint, endpoints = {} }: Endpoints): string =>
  JSON.stringify([endpoint, Object.entries(endpoints).sort()])

/** For people. */
export const endpointsWords = ({ endpoint, endpoints = {} }: Endpoints): string =>
  endpoint ??
  (Object.keys(endpoints).length === 0
    ? 'AWS’s own endpoints'
    : Object.entries(endpoints)
        .map(([service, url]) => `${service} at ${url}`)
        .join(', '))

import type { AwsCredentialIdentityProvider } from '@smithy/types'

/** The part of an SDK client that is used here: all three are built alike. */
interface SdkClient {
  send(command: unknown, options: { abortSignal?: AbortSignal | undefined }): Promise<Record<string, unknown>>
  destroy(): void
  config: { endpoint?: unknown }
}

type SdkModule = Record<string, new (input: Record<string, unknown>) => unknown>

interface Service {
  load: () => Promise<SdkModule>
  client: string
}

/** Loaded on first use: importing all three costs more than a command that needs none. */
const table: Readonly<Record<string, Service>> = {
  ecr: { load: async () => (await import('@aws-sdk/client-ecr')) as unknown as SdkModule, client: 'ECRClient' },
  iam: { load: async () => (await import('@aws-sdk/client-iam')) as unknown as SdkModule, client: 'IAMClient' },
  sts: { load: async () => (await import('@aws-sdk/client-sts')) as unknown as SdkModule, client: 'STSClient' },
}

/** Of which there are clients. */
export const services: readonly string[] = Object.keys(table)

export interface ClientOptions {
  region: string
  /** undefined: AWS's own endpoints, or the SDK's variables. */
  endpoint: string | undefined
  credentials: AwsCredentialIdentityProvider
  /** Given by the target: one pool of connections for all clients. */
  requestHandler: unknown
}

/** One client per service and identity, made when first used. */
export class Clients {
  readonly #options: ClientOptions
  readonly #clients = new Map<string, Promise<{ module: SdkModule; client: SdkClient }>>()

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Sends `service:Operation`; throws what the SDK throws, and TypeError for an operation that the SDK does not know. */
  async send(
    operation: string,
    input: Record<string, unknown>,
    abortSignal?: AbortSignal,
  ): Promise<Record<string, unknown>> {
    const [service = '', name = ''] = operation.split(':')
    const { module, client } = await this.#client(service)
    const Command = module[`${name}Command`]
    if (!Command) throw new TypeError(`the SDK's ${service} client has no operation \`${name}\``)
    return client.send(new Command(input), { abortSignal })
  }

  #client(service: string) {
    const known = this.#clients.get(service)
    if (known) return known
    const made = this.#make(service)
    this.#clients.set(service, made)
    return made
  }

  async #make(service: string) {
    const found = table[service]
    if (!found) throw new TypeError(`no client for the service \`${service}\`: ecr, iam and sts are`)
    const module = await found.load()
    const Client = module[found.client] as unknown as new (config: Record<string, unknown>) => SdkClient
    const { endpoint, ...rest } = this.#options
    // One attempt: what is repeated, and when, is decided in one place (retry.ts and the engine), never twice.
    const client = new Client({ ...rest, ...(endpoint ? { endpoint } : {}), maxAttempts: 1 })
    return { module, client }
  }
}

/** Imports the clients of the services ahead of their first use, all at once. */
export const preload = (names: Iterable<string>): Promise<unknown> =>
  Promise.all([...names].map(name => table[name]?.load()))

/** The URL that variables and profiles give a service, as the SDK reads them; undefined: AWS's own. */
export async function configuredEndpoint(service: string, region: string): Promise<string | undefined> {
  const { load, client } = table[service] ?? {}
  const Client = (await load?.())?.[client ?? ''] as (new (config: object) => ConfiguredClient) | undefined
  return Client && new Client({ region }).config.serviceConfiguredEndpoint()
}

interface ConfiguredClient {
  config: { serviceConfiguredEndpoint: () => Promise<string | undefined> }
}

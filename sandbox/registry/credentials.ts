import { callerOf } from '../caller.ts'
import { AwsError } from '../errors.ts'
import type { Caller } from '../operation.ts'
import type { Core } from '../sandbox-core.ts'
import type { HttpAnswer } from '../wire/exchange.ts'
import type { RegistryRequest } from './index.ts'

/** Who speaks to the registry, and to which. */
export interface DockerClient {
  core: Core
  accessKeyId: string
  registryId: string
  region: string
  client: { sourceIp: string; userAgent: string; origin: string }
}

const registryHost = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./

/**
 * The password is GetAuthorizationToken's: it stands for the caller that asked for it, who is looked up again with each request.
 * null: no password, or none of ours. A host `ACCOUNT.dkr.ecr.REGION.localhost` names the registry; else it is the caller's own.
 * @throws AwsError in docker's words
 */
export const authenticateDocker = (core: Core, { headers, sourceIp }: RegistryRequest): DockerClient | null => {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? []
  const [, password] = /^AWS:(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
  const grant = password === undefined ? null : core.secrets.readRegistryPassword(password)
  if (grant === null || !/^A[KS]IA/.test(grant.accessKeyId)) return null
  if (grant.expiresAt <= core.now()) throw expired()
  const { host = '', 'user-agent': userAgent = '' } = headers
  const [, account, region] = registryHost.exec(host) ?? []
  const caller = callerBehind(core, grant.accessKeyId)
  return {
    core,
    accessKeyId: grant.accessKeyId,
    registryId: account ?? caller.accountId,
    region: region ?? core.region,
    client: { sourceIp, userAgent, origin: `http://${host}` },
  }
}

/** The password vouches for the session's token. */
export const callerBehind = (core: Core, accessKeyId: string): Caller =>
  core.state.read(state => {
    const token = accessKeyId.startsWith('ASIA') ? core.secrets.sessionToken(accessKeyId) : null
    try {
      return callerOf(state, accessKeyId, token, core.secrets.sessionToken, core.now())
    } catch (error) {
      throw error instanceof AwsError ? expired() : error
    }
  })

const expired = (): AwsError =>
  new AwsError('DENIED', 403, 'Your authorization token has expired. Reauthenticate and try again.')

export const notAuthorized = ({ headers }: RegistryRequest): HttpAnswer => ({
  status: 401,
  headers: {
    'Docker-Distribution-Api-Version': 'registry/2.0',
    'Www-Authenticate': `Basic realm="http://${headers.host ?? ''}/",service="ecr.amazonaws.com"`,
    'Content-Type': 'text/plain; charset=utf-8',
  },
  body: 'Not Authorized\n',
})

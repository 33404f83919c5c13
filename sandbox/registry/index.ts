import type { IncomingMessage } from 'node:http'
import { AwsError } from '../errors.ts'
import type { Core } from '../sandbox-core.ts'
import type { HttpAnswer, HttpRequest } from '../wire/exchange.ts'
import { answerBlob } from './blobs.ts'
import { authenticateDocker, notAuthorized } from './credentials.ts'
import { answerManifest } from './manifests.ts'
import { registryError } from './registry-error.ts'
import { routeOf } from './route.ts'
import { listTags } from './tags.ts'
import { answerUpload } from './uploads.ts'

/** Whether a request is for ECR's Docker registry face. */
export const isRegistryPath = (path: string): boolean => path === '/v2' || path.startsWith('/v2/')

export type RegistryRequest = Omit<HttpRequest, 'body'>

/**
 * Answers a request of the Docker registry API, version 2, as ECR's registry endpoint does: each is an ECR call, authorized as such.
 * https://distribution.github.io/distribution/spec/api/ and, for what it needs of ECR, the ECR user guide, "Pushing a Docker image".
 */
export const answerRegistry = async (
  core: Core,
  request: RegistryRequest,
  message: IncomingMessage,
): Promise<HttpAnswer> => {
  try {
    const client = authenticateDocker(core, request)
    if (client === null) return notAuthorized(request)
    const route = routeOf(request.path)
    const respond = {
      base: async () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body: '{}' }),
      blob: () => answerBlob(client, request, route),
      upload: () => answerUpload(client, request, route, message),
      manifest: () => answerManifest(client, request, route, message),
      tags: () => listTags(client, request, route),
      unknown: async () => {
        throw new AwsError('UNSUPPORTED', 405, `${request.method} ${request.path} is not implemented by the sandbox`)
      },
    }
    const result = await respond[route.kind]()
    return { ...result, headers: { 'Docker-Distribution-Api-Version': 'registry/2.0', ...result.headers } }
  } catch (error) {
    return registryError(error)
  }
}

import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { AwsError } from '../errors.ts'
import { readBody } from '../http-body.ts'
import type { HttpAnswer } from '../wire/exchange.ts'
import { callEcr } from './call-ecr.ts'
import type { DockerClient } from './credentials.ts'
import type { RegistryRequest } from './index.ts'
import type { Route } from './route.ts'

/** GET and HEAD are BatchGetImage, PUT is PutImage, DELETE is BatchDeleteImage. */
export const answerManifest = async (
  docker: DockerClient,
  request: RegistryRequest,
  route: Route,
  message: IncomingMessage,
): Promise<HttpAnswer> => {
  if (request.method === 'GET' || request.method === 'HEAD') return get(docker, route, request.method)
  if (request.method === 'PUT')
    return put(
      docker,
      route,
      request.headers['content-type'],
      (await readBody(message, request.headers)).toString('utf8'),
    )
  if (request.method === 'DELETE') return remove(docker, route)
  throw new AwsError('UNSUPPORTED', 405, `${request.method} of a manifest is not implemented by the sandbox`)
}

const isDigest = (reference: string): boolean => reference.includes(':')

const idOf = (reference: string) => (isDigest(reference) ? { imageDigest: reference } : { imageTag: reference })

const get = async (docker: DockerClient, { name, reference }: Route, method: string): Promise<HttpAnswer> => {
  const output = await callEcr(docker, 'BatchGetImage', { repositoryName: name, imageIds: [idOf(reference)] })
  const [image] = output.images as {
    imageManifest: string
    imageManifestMediaType: string
    imageId: { imageDigest: string }
  }[]
  if (image === undefined) throw new AwsError('MANIFEST_UNKNOWN', 404, 'Requested image not found')
  const headers = {
    'Content-Type': image.imageManifestMediaType,
    'Content-Length': String(Buffer.byteLength(image.imageManifest)),
    'Docker-Content-Digest': image.imageId.imageDigest,
  }
  return { status: 200, headers, body: method === 'GET' ? image.imageManifest : '' }
}

const put = async (
  docker: DockerClient,
  { name, reference }: Route,
  mediaType: string | undefined,
  imageManifest: string,
): Promise<HttpAnswer> => {
  const type = mediaType === undefined ? {} : { imageManifestMediaType: mediaType }
  try {
    await callEcr(docker, 'PutImage', { repositoryName: name, imageManifest, ...type, ...idOf(reference) })
  } catch (error) {
    // Pushing again what is there succeeds for docker, though not for the API.
    if (!(error instanceof AwsError) || error.code !== 'ImageAlreadyExistsException') throw error
  }
  const digest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`
  return {
    status: 201,
    headers: { Location: `/v2/${name}/manifests/${digest}`, 'Docker-Content-Digest': digest },
    body: '',
  }
}

/** By tag only the tag goes while the image has others, as BatchDeleteImage has it. How ECR words a refusal here is not on record. */
const remove = async (docker: DockerClient, { name, reference }: Route): Promise<HttpAnswer> => {
  const output = await callEcr(docker, 'BatchDeleteImage', { repositoryName: name, imageIds: [idOf(reference)] })
  const [failure] = output.failures as { failureCode: string; failureReason: string }[]
  if (failure?.failureCode === 'ImageNotFound') throw new AwsError('MANIFEST_UNKNOWN', 404, 'Requested image not found')
  if (failure !== undefined) throw new AwsError('UNSUPPORTED', 405, failure.failureReason)
  return { status: 202, headers: {}, body: '' }
}

import type { IncomingMessage } from 'node:http'
import { AwsError } from '../errors.ts'
import type { HttpAnswer } from '../wire/exchange.ts'
import { callEcr } from './call-ecr.ts'
import type { DockerClient } from './credentials.ts'
import type { RegistryRequest } from './index.ts'
import type { Route } from './route.ts'

/** Of one UploadLayerPart; ECR's own parts are of 10 MiB at most. */
const partSize = 10 * 1024 * 1024

/** POST is InitiateLayerUpload, PATCH UploadLayerPart as often as the body needs, PUT CompleteLayerUpload. */
export const answerUpload = async (
  docker: DockerClient,
  request: RegistryRequest,
  route: Route,
  message: IncomingMessage,
): Promise<HttpAnswer> => {
  switch (request.method) {
    case 'POST':
      return begin(docker, route.name)
    case 'PATCH': {
      const size = await upload(docker, route, message)
      // Most registries answer 202; ECR's own 201 is recorded.
      return { status: 201, headers: progress(route.name, route.reference, size), body: '' }
    }
    case 'PUT':
      await upload(docker, route, message)
      return complete(docker, route, new URLSearchParams(request.query).get('digest') ?? '')
    default:
      throw new AwsError('UNSUPPORTED', 405, `${request.method} of an upload is not implemented by the sandbox`)
  }
}

const progress = (name: string, uploadId: string, size: number): Record<string, string> => ({
  Location: `/v2/${name}/blobs/uploads/${uploadId}`,
  'Docker-Upload-UUID': uploadId,
  Range: `0-${Math.max(0, size - 1)}`,
})

const begin = async (docker: DockerClient, repositoryName: string): Promise<HttpAnswer> => {
  const { uploadId } = await callEcr(docker, 'InitiateLayerUpload', { repositoryName })
  return { status: 202, headers: progress(repositoryName, String(uploadId), 0), body: '' }
}

/** Appends the body. @returns the upload's size after it */
const upload = async (docker: DockerClient, { name, reference }: Route, message: IncomingMessage): Promise<number> => {
  if (!/^[0-9a-f-]{36}$/.test(reference))
    throw new AwsError('BLOB_UPLOAD_UNKNOWN', 404, 'blob upload unknown to registry')
  let size = docker.core.blobs.uploadSize(reference)
  const send = async (bytes: Buffer): Promise<void> => {
    await callEcr(docker, 'UploadLayerPart', {
      repositoryName: name,
      uploadId: reference,
      partFirstByte: size,
      partLastByte: size + bytes.length - 1,
      layerPartBlob: bytes,
    })
    size += bytes.length
  }
  let waiting: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    waiting.push(chunk)
    length += chunk.length
    if (length < partSize) continue
    const all = Buffer.concat(waiting)
    await send(all.subarray(0, partSize))
    waiting = [all.subarray(partSize)]
    length -= partSize
  }
  if (length > 0) await send(Buffer.concat(waiting))
  return size
}

const complete = async (docker: DockerClient, { name, reference }: Route, digest: string): Promise<HttpAnswer> => {
  try {
    await callEcr(docker, 'CompleteLayerUpload', { repositoryName: name, uploadId: reference, layerDigests: [digest] })
  } catch (error) {
    // Two pushes of one layer at once: the second finds it there, which is what it wanted.
    if (!(error instanceof AwsError) || error.code !== 'LayerAlreadyExistsException') throw error
  }
  return {
    status: 201,
    headers: { Location: `/v2/${name}/blobs/${digest}`, 'Docker-Content-Digest': digest },
    body: '',
  }
}

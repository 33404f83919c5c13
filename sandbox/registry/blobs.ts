import { AwsError } from '../errors.ts'
import type { HttpAnswer } from '../wire/exchange.ts'
import { callEcr } from './call-ecr.ts'
import type { DockerClient } from './credentials.ts'
import type { RegistryRequest } from './index.ts'
import type { Route } from './route.ts'

/** HEAD is BatchCheckLayerAvailability, GET is GetDownloadUrlForLayer and leads on to the layer's own URL. */
export const answerBlob = async (
  docker: DockerClient,
  { method }: RegistryRequest,
  { name, reference }: Route,
): Promise<HttpAnswer> => {
  if (method === 'HEAD') return head(docker, name, reference)
  if (method !== 'GET') throw new AwsError('UNSUPPORTED', 405, `${method} of a blob is not implemented by the sandbox`)
  try {
    const { downloadUrl } = await callEcr(docker, 'GetDownloadUrlForLayer', {
      repositoryName: name,
      layerDigest: reference,
    })
    return { status: 307, headers: { Location: String(downloadUrl), 'Docker-Content-Digest': reference }, body: '' }
  } catch (error) {
    if (error instanceof AwsError && error.code === 'LayersNotFoundException') throw unknownBlob()
    throw error
  }
}

const head = async (docker: DockerClient, repositoryName: string, digest: string): Promise<HttpAnswer> => {
  const output = await callEcr(docker, 'BatchCheckLayerAvailability', { repositoryName, layerDigests: [digest] })
  const [layer] = output.layers as { layerAvailability: string; layerSize?: number }[]
  if (layer?.layerAvailability !== 'AVAILABLE') throw unknownBlob()
  const headers = { 'Content-Type': 'application/octet-stream', 'Docker-Content-Digest': digest }
  return { status: 200, headers: { ...headers, 'Content-Length': String(layer.layerSize ?? 0) }, body: '' }
}

const unknownBlob = (): AwsError => new AwsError('BLOB_UNKNOWN', 404, 'blob unknown to registry')

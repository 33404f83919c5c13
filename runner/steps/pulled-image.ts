import type { Outcome } from '../../assertions/index.ts'
import { exchange } from '../aws/http.ts'
import { sha256 } from '../aws/image.ts'
import { openRegistry } from '../aws/registry.ts'
import { listAt, stringAt } from './answers.ts'
import { done, localFailure } from './local-outcome.ts'
import type { StepContext } from './step-kind.ts'

export interface ImageToPull {
  repositoryName: string
  /** null: the caller's own. */
  registryId: string | null
  imageId: { imageTag?: string; imageDigest?: string }
}

/** What a pull answers: BatchGetImage's output, of the image pulled. */
interface Pulled {
  outcome: Outcome
  /** Bytes of config and layers. */
  size: number
}

const refused = (outcome: Outcome): Pulled => ({ outcome, size: 0 })

/** Digests of the config and the layers of a single image's manifest; null: an index of several images, or no manifest. */
export function blobsOf(manifest: string): string[] | null {
  try {
    const parsed: unknown = JSON.parse(manifest)
    const config = stringAt(parsed, 'config', 'digest')
    return config === null
      ? null
      : [config, ...listAt(parsed, 'layers').flatMap(layer => stringAt(layer, 'digest') ?? [])]
  } catch {
    return null
  }
}

const noSingleImage = () =>
  localFailure('NoSingleImage', 'it is an index of several images, expected a manifest with config and layers')

const wrongDigest = (digest: string, bytes: Uint8Array) =>
  localFailure('DigestMismatch', `${digest} was asked for, and ${sha256(bytes)} came`)

/** As the SDK does it: BatchGetImage, then GetDownloadUrlForLayer and the layer's URL for each blob. */
export async function pullThroughApi({ aws, signal }: StepContext, image: ImageToPull): Promise<Pulled> {
  const { repositoryName, registryId } = image
  const where = { repositoryName, ...(registryId === null ? {} : { registryId }) }
  const outcome = await aws.call('ecr:BatchGetImage', { ...where, imageIds: [image.imageId] })
  if (outcome.outcome !== 'allowed') return refused(outcome)
  const manifest = stringAt(listAt(outcome.output, 'images')[0], 'imageManifest')
  if (manifest === null) return refused(missing(image, listAt(outcome.output, 'failures')[0]))
  const blobs = blobsOf(manifest)
  if (blobs === null) return refused(noSingleImage())
  let size = 0
  for (const layerDigest of blobs) {
    const url = await aws.call('ecr:GetDownloadUrlForLayer', { ...where, layerDigest })
    if (url.outcome !== 'allowed') return refused(url)
    const downloadUrl = stringAt(url.output, 'downloadUrl') ?? ''
    const answer = await (aws.exchange ?? exchange)({ method: 'GET', url: downloadUrl, signal })
    if ('outcome' in answer) return refused(answer)
    if (answer.status !== 200)
      return refused(localFailure(`HTTP ${answer.status}`, `the layer ${layerDigest} did not come from its URL`))
    if (sha256(answer.bytes) !== layerDigest) return refused(wrongDigest(layerDigest, answer.bytes))
    size += answer.bytes.length
  }
  return { outcome, size }
}

const missing = ({ repositoryName }: ImageToPull, failure: unknown): Outcome => ({
  outcome: 'failed',
  cause: 'request',
  code: stringAt(failure, 'failureCode') ?? 'ImageNotFound',
  message: `${stringAt(failure, 'failureReason') ?? 'Requested image not found'} in ${repositoryName}`,
  httpStatus: null,
  requestId: null,
})

/** As `docker pull` does it after `docker login`: GET of the manifest, then of each blob. */
export async function pullThroughRegistry(context: StepContext, image: ImageToPull): Promise<Pulled> {
  const { aws, endpoint, place, signal } = context
  const { repositoryName, imageId } = image
  const registryId = image.registryId ?? place.account
  const registry = await openRegistry(aws, { endpoint, region: place.region, registryId, signal })
  if ('refusal' in registry) return refused(registry.refusal)
  const reference = imageId.imageDigest ?? imageId.imageTag ?? ''
  const answer = await registry.send({
    method: 'GET',
    path: `/v2/${repositoryName}/manifests/${reference}`,
    headers: { Accept: manifestTypes.join(', ') },
  })
  if ('refusal' in answer) return refused(answer.refusal)
  const imageManifest = new TextDecoder().decode(answer.bytes)
  const imageDigest = sha256(answer.bytes)
  if (imageId.imageDigest !== undefined && imageId.imageDigest !== imageDigest)
    return refused(wrongDigest(imageId.imageDigest, answer.bytes))
  const blobs = blobsOf(imageManifest)
  if (blobs === null) return refused(noSingleImage())
  let size = 0
  for (const digest of blobs) {
    const blob = await registry.send({ method: 'GET', path: `/v2/${repositoryName}/blobs/${digest}` })
    if ('refusal' in blob) return refused(blob.refusal)
    if (sha256(blob.bytes) !== digest) return refused(wrongDigest(digest, blob.bytes))
    size += blob.bytes.length
  }
  const imageManifestMediaType = answer.headers.get('content-type')
  const pulled = {
    registryId,
    repositoryName,
    imageId: { ...imageId, imageDigest },
    imageManifest,
    imageManifestMediaType,
  }
  return { outcome: done({ images: [pulled], failures: [] }), size }
}

const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]

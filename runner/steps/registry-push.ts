import type { Outcome } from '../../assertions/index.ts'
import type { Blob, TinyImage } from '../aws/image.ts'
import { openRegistry, type Registry } from '../aws/registry.ts'
import { done } from './local-outcome.ts'
import { pushBlobs } from './push-blobs.ts'
import type { StepContext } from './step-kind.ts'

/** Uploads one blob as docker does: HEAD, then POST, PATCH, PUT. null: it is there. */
async function pushBlob(registry: Registry, name: string, { digest, bytes }: Blob): Promise<Outcome | null> {
  const head = await registry.send({ method: 'HEAD', path: `/v2/${name}/blobs/${digest}` })
  if (!('refusal' in head)) return null
  const begun = await registry.send({ method: 'POST', path: `/v2/${name}/blobs/uploads/` })
  if ('refusal' in begun) return begun.refusal
  // The answer to a HEAD has no body, so no reason: where the POST is refused as well, that tells it.
  if (head.refusal.outcome !== 'allowed' && head.refusal.httpStatus !== 404) return head.refusal
  const patched = await registry.send({
    method: 'PATCH',
    path: begun.headers.get('location') ?? '',
    headers: { 'Content-Type': 'application/octet-stream', 'Content-Range': `0-${bytes.length - 1}` },
    body: bytes,
  })
  if ('refusal' in patched) return patched.refusal
  const location = patched.headers.get('location') ?? begun.headers.get('location') ?? ''
  const path = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`
  const completed = await registry.send({ method: 'PUT', path })
  return 'refusal' in completed ? completed.refusal : null
}

/**
 * Pushes an image over the docker registry face, as `docker push` does after `docker login`. The answer has the form of PutImage's output.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export async function pushThroughRegistry(
  { aws, endpoint, place, signal }: StepContext,
  repositoryName: string,
  imageTag: string,
  image: TinyImage,
): Promise<Outcome> {
  const registry = await openRegistry(aws, { endpoint, region: place.region, registryId: place.account, signal })
  if ('refusal' in registry) return registry.refusal
  const refused = await pushBlobs(image, blob => pushBlob(registry, repositoryName, blob))
  if (refused) return refused
  const put = await registry.send({
    method: 'PUT',
    path: `/v2/${repositoryName}/manifests/${imageTag}`,
    headers: { 'Content-Type': image.manifestMediaType },
    body: image.manifest,
  })
  if ('refusal' in put) return put.refusal
  const { manifest: imageManifest, manifestMediaType: imageManifestMediaType, digest: imageDigest } = image
  const imageId = { imageDigest, imageTag }
  return done({
    image: { registryId: place.account, repositoryName, imageId, imageManifest, imageManifestMediaType },
  })
}

import { createHash } from 'node:crypto'
import type { MemoryAccount } from '../memory-account.ts'

export const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

const descriptor = (mediaType: string, text: string) => ({ mediaType, digest: digestOf(text), size: text.length })

/** An OCI image of one layer. */
export const manifestOf = (config: string, layer: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
  })

export const indexOf = (...manifests: string[]): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: manifests.map(manifest => descriptor('application/vnd.oci.image.manifest.v1+json', manifest)),
  })

export const uploadLayer = (account: MemoryAccount, repositoryName: string, text: string): string => {
  const { uploadId } = account.ecr('InitiateLayerUpload', { repositoryName })
  const layerPartBlob = Buffer.from(text)
  const partLastByte = layerPartBlob.length - 1
  account.ecr('UploadLayerPart', { repositoryName, uploadId, partFirstByte: 0, partLastByte, layerPartBlob })
  return account.ecr('CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digestOf(text)] }).layerDigest
}

/** Uploads both blobs once and puts the image. */
export const pushImage = (
  account: MemoryAccount,
  repositoryName: string,
  imageTag: string,
  content = 'layer',
): string => {
  const manifest = manifestOf('{}', content)
  const { layers } = account.ecr('BatchCheckLayerAvailability', {
    repositoryName,
    layerDigests: [digestOf('{}'), digestOf(content)],
  })
  const texts = ['{}', content]
  for (const [index, layer] of layers.entries()) {
    if (layer.layerAvailability === 'UNAVAILABLE') uploadLayer(account, repositoryName, texts[index] ?? '')
  }
  return account.ecr('PutImage', { repositoryName, imageManifest: manifest, imageTag }).image.imageId.imageDigest
}

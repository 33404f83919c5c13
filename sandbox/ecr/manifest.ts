import { createHash } from 'node:crypto'
import { invalidParameter } from './repository-errors.ts'
import { unsure } from './unsure.ts'

interface Descriptor {
  digest: string
  size: number
}

/** What ECR reads in an image manifest, of Docker schema 2 or OCI, or in an index of such. */
export interface Manifest {
  mediaType: string
  artifactMediaType?: string
  /** Config and layers: they must lie in the repository. */
  blobs: Descriptor[]
  /** An index's children: they must be images of the repository. */
  children: string[]
}

const mostLayers = 4200

export const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text)

export const digestOf = (manifest: string): string => `sha256:${createHash('sha256').update(manifest).digest('hex')}`

const read = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    throw unsure.notJson()
  }
  throw unsure.notJson()
}

const descriptor = (value: unknown): Descriptor => {
  const { digest, size } = Object(value) as Partial<Descriptor>
  if (typeof digest !== 'string' || !isDigest(digest) || typeof size !== 'number') throw unsure.invalidDescriptor()
  return { digest, size }
}

const descriptors = (value: unknown): Descriptor[] => {
  if (!Array.isArray(value)) throw unsure.invalidDescriptor()
  return value.map(descriptor)
}

/** `mediaType` is the request's, for manifests that do not carry their own. */
export const readManifest = (text: string, mediaType: string | undefined): Manifest => {
  const manifest = read(text)
  const own = typeof manifest.mediaType === 'string' ? manifest.mediaType : undefined
  const type = mediaType ?? own
  if (manifest.schemaVersion !== 2) throw unsure.schemaVersion()
  if (type === undefined) throw unsure.mediaTypeMissing()
  if (own !== undefined && own !== type) throw unsure.mediaTypeDiffers()
  if (Array.isArray(manifest.manifests)) {
    return { mediaType: type, blobs: [], children: descriptors(manifest.manifests).map(({ digest }) => digest) }
  }
  const layers = descriptors(manifest.layers)
  if (layers.length > mostLayers)
    throw invalidParameter('ImageManifest', 'Limit on number of layers per image exceeded')
  const config = Object(manifest.config) as { mediaType?: unknown }
  const artifact = typeof config.mediaType === 'string' ? { artifactMediaType: config.mediaType } : {}
  return { mediaType: type, ...artifact, blobs: [descriptor(config), ...layers], children: [] }
}

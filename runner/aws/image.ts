import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'

export interface Blob {
  digest: string
  bytes: Uint8Array
  mediaType: string
}

export interface TinyImage {
  layers: Blob[]
  config: Blob
  manifest: string
  manifestMediaType: string
  digest: string
}

export const sha256 = (bytes: Uint8Array | string): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/**
 * A valid OCI image built in memory: `layers` gzipped tar layers of one file of `size` bytes each, a config and a manifest. The same
 * arguments give the same digest on every machine: no date, no name, gzip without level-dependent headers.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/manifest.md
 */
export function tinyImage(layers: number, size: number): TinyImage {
  const contents = Array.from({ length: layers }, (_, index) => tar(`layer-${index + 1}`, filler(size, index)))
  const blobs = contents.map(content => blob(deterministicGzip(content), 'application/vnd.oci.image.layer.v1.tar+gzip'))
  const config = blob(
    Buffer.from(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        config: {},
        rootfs: { type: 'layers', diff_ids: contents.map(sha256) },
        history: contents.map(() => ({ created_by: 'accesslab' })),
      }),
    ),
    'application/vnd.oci.image.config.v1+json',
  )
  const manifestMediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestMediaType,
    config: descriptor(config),
    layers: blobs.map(descriptor),
  })
  return { layers: blobs, config, manifest, manifestMediaType, digest: sha256(manifest) }
}

const blob = (bytes: Uint8Array, mediaType: string): Blob => ({ digest: sha256(bytes), bytes, mediaType })

const descriptor = ({ digest, bytes, mediaType }: Blob) => ({ mediaType, digest, size: bytes.length })

/** Bytes that do not compress away, the same every time. */
function filler(size: number, seed: number): Buffer {
  const chunks: Buffer[] = []
  for (let made = 0, n = 0; made < size; made += 32, n += 1)
    chunks.push(createHash('sha256').update(`accesslab ${seed} ${n}`).digest())
  return Buffer.concat(chunks).subarray(0, size)
}

/** Byte 9 of a gzip header names the operating system that zlib was built for: the only byte that differs between machines. */
function deterministicGzip(bytes: Uint8Array): Buffer {
  const zipped = gzipSync(bytes, { level: 0 })
  zipped[9] = 255
  return zipped
}

/** A ustar archive of one file, as POSIX.1-1988 lays it out. */
function tar(name: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\0' + '00', 257)
  const checksum = header.reduce((sum, byte) => sum + byte, 0)
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512), Buffer.alloc(1024)])
}

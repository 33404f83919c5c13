import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sha256, tinyImage } from '../../../runner/aws/image.ts'

/** The same on every machine, in every version: a lab may name it, and teardown knows its own image by it. */
test.each([
  [1, 1024, 'sha256:c2b144eb143f891e9dcb794e9bc96060ec7d908ecea6145c3189fc1362e480af'],
  [3, 1024, 'sha256:23cc01ab2fd70eeb56649e091a6e4aa67a44acfe0fc489108a327c7d8365fba5'],
  [1, 0, 'sha256:7477a073d4283bd140843fa4a5f49e7cfb622db33a0c55280ed2b631d8b25570'],
  [2, 513, 'sha256:aabf60b97f7547c4c9dd45ea5a818b1bcca9d62b19b35c5e1e37ec1eafb08c5c'],
])('%d layers of %d bytes have a digest of their own', (layers, size, digest) => {
  expect(tinyImage(layers, size).digest).toBe(digest)
})

test('manifest, config and layers name each other by their digests', () => {
  const image = tinyImage(2, 700)
  const manifest = JSON.parse(image.manifest)
  const config = JSON.parse(Buffer.from(image.config.bytes).toString())
  expect(image.digest).toBe(sha256(image.manifest))
  expect(manifest).toMatchObject({
    schemaVersion: 2,
    mediaType: image.manifestMediaType,
    config: { digest: sha256(image.config.bytes), size: image.config.bytes.length },
  })
  expect(manifest.layers.map((layer: { digest: string }) => layer.digest)).toEqual(
    image.layers.map(layer => sha256(layer.bytes)),
  )
  const archives = image.layers.map(layer => gunzipSync(layer.bytes))
  expect(config.rootfs).toEqual({ type: 'layers', diff_ids: archives.map(sha256) })
  expect(config.history).toHaveLength(2)
})

test('a layer is a tar archive of one file, whole and rightly summed', () => {
  const [layer] = tinyImage(1, 700).layers
  const archive = gunzipSync(layer?.bytes ?? Buffer.alloc(0))
  expect(archive.length % 512).toBe(0)
  expect(archive.subarray(0, 7).toString()).toBe('layer-1')
  expect(Number.parseInt(archive.subarray(124, 135).toString(), 8)).toBe(700)
  const header = Buffer.from(archive.subarray(0, 512))
  const sum = Number.parseInt(header.subarray(148, 154).toString(), 8)
  header.fill(' ', 148, 156)
  expect(header.reduce((total, byte) => total + byte, 0)).toBe(sum)
  expect(archive.subarray(-1024).every(byte => byte === 0)).toBe(true)
})

test('layers differ from each other', () => {
  const { layers } = tinyImage(5, 64)
  expect(new Set(layers.map(layer => layer.digest)).size).toBe(5)
})

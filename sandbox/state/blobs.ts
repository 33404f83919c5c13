import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Blobs } from '../operation.ts'

/** Layer bytes under `<directory>/blobs`; uploads in the making under `<directory>/uploads`. Names are checked: they come from requests. */
export const openBlobs = (directory: string): Blobs => {
  const blobs = join(directory, 'blobs')
  const uploads = join(directory, 'uploads')
  for (const folder of [blobs, uploads]) mkdirSync(folder, { recursive: true, mode: 0o700 })

  const uploadPath = (uploadId: string): string => {
    if (!/^[0-9a-f-]{36}$/.test(uploadId)) throw new RangeError('an upload id is a UUID')
    return join(uploads, uploadId)
  }
  const path = (digest: string): string => {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? []
    if (hex === undefined) throw new RangeError('a digest is sha256: and 64 hexadecimal digits')
    return join(blobs, hex)
  }
  return {
    append(uploadId, offset, bytes) {
      const file = openSync(uploadPath(uploadId), offset === 0 ? 'w' : 'r+', 0o600)
      try {
        // A part that was written but never acknowledged is overwritten by its repetition.
        ftruncateSync(file, offset)
        for (let done = 0; done < bytes.length; )
          done += writeSync(file, bytes, done, bytes.length - done, offset + done)
      } finally {
        closeSync(file)
      }
    },
    uploadSize: uploadId => sizeOf(uploadPath(uploadId)) ?? 0,
    uploadDigest: uploadId => `sha256:${hashOf(uploadPath(uploadId))}`,
    commit(uploadId, digest) {
      const from = uploadPath(uploadId)
      const file = openSync(from, 'r+')
      try {
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(from, path(digest))
    },
    discard: uploadId => rmSync(uploadPath(uploadId), { force: true }),
    size: digest => sizeOf(path(digest)),
    path,
  }
}

/** Removes all layers and uploads. What still refers to them must be gone before. */
export const clearBlobs = (directory: string): void => {
  for (const folder of ['blobs', 'uploads']) {
    const path = join(directory, folder)
    for (const name of existsSync(path) ? readdirSync(path) : []) rmSync(join(path, name), { force: true })
  }
}

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null

const hashOf = (path: string): string => {
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(1 << 20)
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

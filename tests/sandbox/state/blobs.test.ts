import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openBlobs } from '../../../sandbox/state/blobs.ts'

const directory = mkdtempSync(join(tmpdir(), 'accesslab-blobs-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
const blobs = openBlobs(directory)

test('parts become the blob of their digest; a part sent twice counts once', () => {
  const upload = randomUUID()
  blobs.append(upload, 0, Buffer.from('hello '))
  blobs.append(upload, 6, Buffer.from('wor'))
  blobs.append(upload, 6, Buffer.from('world'))
  expect(blobs.uploadSize(upload)).toBe(11)
  const digest = `sha256:${createHash('sha256').update('hello world').digest('hex')}`
  expect(blobs.uploadDigest(upload)).toBe(digest)
  blobs.commit(upload, digest)
  expect(blobs.size(digest)).toBe(11)
  expect(readFileSync(blobs.path(digest), 'utf8')).toBe('hello world')
  expect(blobs.uploadSize(upload)).toBe(0)
})

test('a discarded upload is gone, discarding it again is nothing', () => {
  const upload = randomUUID()
  blobs.append(upload, 0, Buffer.from('x'))
  blobs.discard(upload)
  blobs.discard(upload)
  expect(blobs.uploadSize(upload)).toBe(0)
})

test.each(['../x', '', 'sha256:../../x', `sha256:${'A'.repeat(64)}`])(
  'a name that is no digest is refused: %s',
  name => {
    expect(() => blobs.path(name)).toThrow('digest')
    expect(() => blobs.uploadSize(name)).toThrow('UUID')
  },
)

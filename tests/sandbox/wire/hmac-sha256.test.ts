import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hmacSha256Under } from '../../../sandbox/wire/hmac-sha256.ts'

const ofNode = (key: Buffer, message: string) => createHmac('sha256', key).update(message).digest()

test('it is Node’s for every key and message, one after another under one key', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 700 }), { maxLength: 5 }),
      (bytes, messages) => {
        const key = Buffer.from(bytes)
        const own = hmacSha256Under(key)
        for (const message of messages) expect(own(message)).toEqual(ofNode(key, message))
      },
    ),
  )
})

test.each([0, 1, 499, 500, 501, 5000])('a message of %i characters of three bytes', length => {
  const key = randomBytes(32)
  const message = '€'.repeat(length)
  expect(hmacSha256Under(key)(message)).toEqual(ofNode(key, message))
})

test('a longer key is refused', () => {
  expect(() => hmacSha256Under(Buffer.alloc(65))).toThrow('a key of 65 bytes: at most 64 are taken')
})

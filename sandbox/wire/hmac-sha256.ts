import { createHmac, hash } from 'node:crypto'

const blockBytes = 64
const mostCharacters = 500

/**
 * HMAC-SHA-256 under one key of at most 64 bytes, its two padded blocks made once (RFC 2104, section 4): Node's Hmac object, made anew for
 * every message, costs more than the hashing.
 * @throws RangeError for a longer key
 */
export const hmacSha256Under = (key: Buffer): ((message: string) => Buffer) => {
  if (key.length > blockBytes) throw new RangeError(`a key of ${key.length} bytes: at most ${blockBytes} are taken`)
  // A character is at most three bytes of UTF-8.
  const inner = padded(key, 0x36, 3 * mostCharacters)
  const outer = padded(key, 0x5c, 32)
  return message => {
    if (message.length > mostCharacters) return createHmac('sha256', key).update(message).digest()
    const end = blockBytes + inner.write(message, blockBytes, 'utf8')
    outer.set(hash('sha256', inner.subarray(0, end), 'buffer'), blockBytes)
    return hash('sha256', outer, 'buffer')
  }
}

const padded = (key: Buffer, pad: number, room: number): Buffer => {
  const block = Buffer.alloc(blockBytes + room)
  key.copy(block)
  for (let at = 0; at < blockBytes; at += 1) block.writeUInt8(block.readUInt8(at) ^ pad, at)
  return block
}

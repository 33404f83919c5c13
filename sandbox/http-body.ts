import type { IncomingMessage } from 'node:http'
import type { HttpRequest } from './wire/exchange.ts'

/** IAM and STS take 10,000,000 bytes (recorded); a layer part of 20 MiB is 28 MB in ECR's base64. */
const formLimit = 10_000_000
const jsonLimit = 30_000_000

export class BodyTooLarge extends Error {}

/** The whole body. @param headers of the message, as our requests have them: Node makes its own when they are first asked for. @throws BodyTooLarge */
export const readBody = async (message: IncomingMessage, headers: HttpRequest['headers']): Promise<Buffer> => {
  const isJson = (headers['content-type'] ?? '').startsWith('application/x-amz-json')
  const limit = isJson ? jsonLimit : formLimit
  if (Number(headers['content-length'] ?? 0) > limit) throw new BodyTooLarge()
  return collect(message, limit)
}

/** By events: an async iterator costs several times as much, with every request. */
const collect = (message: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) {
        chunks.push(chunk)
        return
      }
      message.pause()
      reject(new BodyTooLarge())
    })
    message.on('end', () => {
      const [only] = chunks
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks))
    })
    message.on('error', reject)
    // Also told after a whole body, with every request: an error with its stack is not made for nothing.
    message.on('close', () => {
      if (!message.complete) reject(new Error('the client went away'))
    })
  })

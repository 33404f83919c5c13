import type { IncomingMessage } from 'node:http'

/** IAM and STS take 10,000,000 bytes (recorded); a layer part of 20 MiB is 28 MB in ECR's base64. */
const formLimit = 10_000_000
const jsonLimit = 30_000_000

export class BodyTooLarge extends Error {}

/** The whole body. @throws BodyTooLarge */
export const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const isJson = (message.headers['content-type'] ?? '').startsWith('application/x-amz-json')
  const limit = isJson ? jsonLimit : formLimit
  if (Number(message.headers['content-length'] ?? 0) > limit) throw new BodyTooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
}

import { layerOfUrl } from './ecr/layer-download.ts'
import type { Core } from './sandbox-core.ts'
import type { HttpAnswer, HttpRequest } from './wire/exchange.ts'

/** Whether a request follows a URL of GetDownloadUrlForLayer: on AWS that leads to S3, here back to the sandbox. */
export const isLayerPath = (path: string): boolean => path.startsWith('/layers/')

/** The token in the URL is all the permission it takes, as with a presigned URL. */
export const answerLayer = (
  { blobs, secrets, now }: Core,
  { method, path, query }: Omit<HttpRequest, 'body'>,
): HttpAnswer => {
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'a layer can only be read')
  const token = new URLSearchParams(query).get('token') ?? ''
  const digest = layerOfUrl(path, token, secrets, now())
  if (digest === null) return plain(403, 'the download URL is not one of the sandbox, or has expired')
  const size = blobs.size(digest)
  if (size === null) return plain(404, 'the layer is gone')
  return {
    status: 200,
    headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': String(size) },
    body: '',
    ...(method === 'GET' ? { file: blobs.path(digest) } : {}),
  }
}

const plain = (status: number, text: string): HttpAnswer => ({
  status,
  headers: { 'Content-Type': 'text/plain' },
  body: `${text}\n`,
})

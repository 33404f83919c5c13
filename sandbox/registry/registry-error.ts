import { AwsError } from '../errors.ts'
import type { HttpAnswer } from '../wire/exchange.ts'

/** How the registry endpoint says what ECR's API says by an exception: docker's code and the HTTP status. */
const dockerErrors: Readonly<Record<string, [code: string, status: number]>> = {
  AccessDenied: ['DENIED', 403],
  RepositoryNotFoundException: ['NAME_UNKNOWN', 404],
  ImageNotFoundException: ['MANIFEST_UNKNOWN', 404],
  ImageTagAlreadyExistsException: ['TAG_INVALID', 400],
  LayersNotFoundException: ['BLOB_UPLOAD_UNKNOWN', 404],
  LayerInaccessibleException: ['BLOB_UNKNOWN', 404],
  ReferencedImagesNotFoundException: ['MANIFEST_BLOB_UNKNOWN', 404],
  UploadNotFoundException: ['BLOB_UPLOAD_UNKNOWN', 404],
  InvalidLayerException: ['DIGEST_INVALID', 400],
  InvalidLayerPartException: ['BLOB_UPLOAD_INVALID', 416],
  LayerPartTooSmallException: ['SIZE_INVALID', 400],
  EmptyUploadException: ['BLOB_UPLOAD_INVALID', 400],
  InvalidParameterException: ['UNSUPPORTED', 405],
  Throttling: ['TOOMANYREQUESTS', 429],
}

/** Codes that our own registry code threw stand as they are. */
export const registryError = (error: unknown): HttpAnswer => {
  if (!(error instanceof AwsError))
    return answer('UNKNOWN', 500, `the sandbox failed: ${error instanceof Error ? error.message : String(error)}`)
  const [code, status] = dockerErrors[error.code] ?? [error.code, error.status]
  return answer(code, status, error.message, error.requestId)
}

/** The request id is the header of ECR's API: whoever was refused finds the decision in the log by it. */
const answer = (code: string, status: number, message: string, requestId?: string): HttpAnswer => ({
  status,
  headers: {
    'Content-Type': 'application/json; charset=utf-8',
    'Docker-Distribution-Api-Version': 'registry/2.0',
    ...(requestId === undefined ? {} : { 'x-amzn-RequestId': requestId }),
  },
  body: JSON.stringify({ errors: [{ code, message }] }),
})

import type { FailureCause } from './outcome.ts'

/** Codes with which AWS refuses for want of permission. The text decides whether it is that (`denial/near-misses.ts`). */
const denials = [
  'AccessDenied',
  'AccessDeniedException',
  'AccessDeniedFault',
  'UnauthorizedOperation',
  'Client.UnauthorizedOperation',
  'AuthorizationError',
  'AuthorizationErrorException',
  'ForbiddenException',
  'UnauthorizedException',
  'NotAuthorized',
  'NotAuthorizedException',
  'KMSAccessDeniedException',
  'KMS.AccessDeniedException',
  'KmsAccessDenied',
]

/** The registry's code (docker prints it in lower case), and what is left of a refusal that has a status line only. */
const bareDenials = ['denied', 'DENIED', '403', 'Forbidden']

const causes: Record<Exclude<FailureCause, 'request'>, readonly string[]> = {
  credentials: [
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'InvalidToken',
    'InvalidAccessKeyId',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'RequestTimeTooSkewed',
    'AuthFailure',
    'NotSignedUp',
    'OptInRequired',
    'SubscriptionRequiredException',
    'CredentialsProviderError',
    'TokenRefreshRequired',
    'SSOTokenProviderFailure',
    'UNAUTHORIZED',
    'unauthorized',
    'no basic auth credentials',
  ],
  throttled: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'TooManyRequestsException',
    'ProvisionedThroughputExceededException',
    'SlowDown',
    'PriorRequestNotComplete',
    'EC2ThrottledException',
    'BandwidthLimitExceeded',
    'TransactionInProgressException',
    'TOOMANYREQUESTS',
    'toomanyrequests',
  ],
  unavailable: [
    'InternalError',
    'InternalFailure',
    'InternalServerError',
    'InternalServerException',
    'ServerException',
    'ServiceException',
    'ServiceFailure',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'Unavailable',
  ],
  network: [
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EADDRNOTAVAIL',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'TimeoutError',
    'NetworkingError',
    'RequestTimeout',
    'RequestTimeoutException',
    'AbortError',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_SOCKET',
  ],
  local: ['ENOENT', 'EACCES', 'EPERM', 'EEXIST', 'EISDIR', 'ENOTDIR', 'ENOSPC', 'EMFILE', 'EROFS', 'E2BIG'],
}

/** Errors of the request itself that are seen loose in logs, without a client's wrapping around them. */
const requests = [
  'RepositoryNotFoundException',
  'RepositoryPolicyNotFoundException',
  'RepositoryAlreadyExistsException',
  'RepositoryNotEmptyException',
  'ImageNotFoundException',
  'ImageAlreadyExistsException',
  'ImageTagAlreadyExistsException',
  'LayersNotFoundException',
  'LifecyclePolicyNotFoundException',
  'RegistryPolicyNotFoundException',
  'NoSuchEntity',
  'NoSuchEntityException',
  'NoSuchBucket',
  'NoSuchKey',
  'EntityAlreadyExists',
  'EntityAlreadyExistsException',
  'MalformedPolicyDocument',
  'MalformedPolicyDocumentException',
  'DeleteConflict',
  'DeleteConflictException',
  'LimitExceeded',
  'LimitExceededException',
  'ValidationError',
  'ValidationException',
  'InvalidParameterException',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'InvalidInput',
  'InvalidAction',
  'UnknownOperationException',
  'ResourceNotFoundException',
  'ResourceInUseException',
  'ConflictException',
  'PackedPolicyTooLarge',
  'RegionDisabledException',
]

const denialCodes = new Set(denials)
const bareDenialCodes = new Set(bareDenials)
const causeOf = new Map<string, FailureCause>(
  (Object.keys(causes) as Exclude<FailureCause, 'request'>[]).flatMap(cause =>
    causes[cause].map(code => [code, cause] as const),
  ),
)
const knownCodes = new Set([...denials, ...causeOf.keys(), ...requests])

/** Whether AWS refuses with this code for want of permission: `AccessDenied`, `UnauthorizedOperation`, the registry's `denied`. */
export const isDenialCode = (code: string): boolean => denialCodes.has(code) || bareDenialCodes.has(code)

/** Whether the token is one of AWS's codes, so that it may be taken for one wherever it stands. */
export const isKnownCode = (token: string): boolean => knownCodes.has(token)

/** The cause that a code alone tells, or null. */
export const causeOfCode = (code: string): FailureCause | null =>
  causeOf.get(code) ?? (requests.includes(code) ? 'request' : null)

/** The same code with and without the suffix that the JSON protocols and the SDKs' class names add. */
export const sameCode = (left: string, right: string): boolean => bareCode(left) === bareCode(right)

const bareCode = (code: string) => code.replace(/^Client\./, '').replace(/Exception$/, '')

import { AwsError } from '../errors.ts'
import type { HttpAnswer } from './exchange.ts'
import { jsonFailure, jsonSuccess } from './json-output.ts'
import { faultNamespace, queryFailure, querySuccess } from './query-output.ts'
import type { ServiceName } from './service-model.ts'
import type { OperationModel } from './shape.ts'

/** How a service words what is the same in all: its answers, and the codes of a failed authentication. */
export interface Protocol {
  success(model: OperationModel, output: Record<string, unknown> | undefined, requestId: string): HttpAnswer
  failure(error: AwsError, requestId: string): HttpAnswer
  /** An error written by shared code with the Query services' code and status, as this service spells it. */
  spell(error: AwsError): AwsError
  /** How far a signature's time may be off, in minutes. */
  clockSkew: number
}

/** The Query services' code on the left, the JSON services' on the right; statuses of these are 400 there. */
const jsonCodes: Readonly<Record<string, string>> = {
  AccessDenied: 'AccessDeniedException',
  ExpiredToken: 'ExpiredTokenException',
  IncompleteSignature: 'IncompleteSignatureException',
  InvalidAction: 'UnknownOperationException',
  InvalidClientTokenId: 'UnrecognizedClientException',
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
}

const query = (namespace: string): Protocol => ({
  success: (model, output, requestId) => querySuccess(model, namespace, output, requestId),
  failure: (error, requestId) =>
    queryFailure(error, error.code === 'InvalidAction' ? faultNamespace : namespace, requestId),
  spell: error => error,
  clockSkew: 15,
})

const json: Protocol = {
  success: jsonSuccess,
  failure: jsonFailure,
  spell(error) {
    const code = jsonCodes[error.code]
    return code === undefined ? error : new AwsError(code, 400, error.message, error.fields)
  },
  clockSkew: 5,
}

export const protocols: Readonly<Record<ServiceName, Protocol>> = {
  iam: query('https://iam.amazonaws.com/doc/2010-05-08/'),
  sts: query('https://sts.amazonaws.com/doc/2011-06-15/'),
  ecr: json,
}

/** The API version that a Query request must name. */
export const queryVersions = { iam: '2010-05-08', sts: '2011-06-15' } as const

/** Begins the X-Amz-Target of every ECR call. */
export const ecrTarget = 'AmazonEC2ContainerRegistry_V20150921.'

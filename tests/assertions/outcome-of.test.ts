import { describe, expect, test } from 'vitest'
import { type CallError, type FailureCause, outcomeOf } from '../../assertions/index.ts'

const sentence =
  'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:111122223333:repository/x because no identity-based policy allows the ecr:ListImages action'

const error = (code: string, message: string, httpStatus: number | null): CallError => ({
  code,
  message,
  httpStatus,
  requestId: 'r-1',
  operation: 'ListImages',
})

describe('denied', () => {
  test.each<[string, string, number | null]>([
    ['AccessDeniedException', sentence, 400],
    ['AccessDenied', sentence, 403],
    ['AccessDenied', 'Access Denied', 403],
    ['AccessDenied', 'Roles may not be assumed by root accounts.', 403],
    ['UnauthorizedOperation', 'You are not authorized to perform this operation.', 403],
    ['AuthorizationErrorException', sentence, 403],
    ['ForbiddenException', sentence, 403],
    ['DENIED', sentence, 403],
    ['denied', sentence, null],
    ['403', 'Forbidden', 403],
  ])('%s %s', (code, message, httpStatus) => {
    expect(outcomeOf(error(code, message, httpStatus))).toMatchObject({ outcome: 'denied', code, denial: { code } })
  })

  test('carries what the sentence names and what the caller knows', () => {
    expect(outcomeOf(error('AccessDeniedException', sentence, 400))).toEqual({
      outcome: 'denied',
      code: 'AccessDeniedException',
      message: sentence,
      httpStatus: 400,
      requestId: 'r-1',
      denial: {
        code: 'AccessDeniedException',
        operation: 'ListImages',
        principal: 'arn:aws:iam::111122223333:user/ann',
        action: 'ecr:ListImages',
        resource: 'arn:aws:ecr:us-west-2:111122223333:repository/x',
        decision: 'implicitDeny',
        policyType: 'identity-based',
        policyArn: null,
      },
    })
  })
})

describe('failed', () => {
  test.each<[string, string, number | null, FailureCause]>([
    ['RepositoryNotFoundException', 'The repository does not exist', 400, 'request'],
    ['MalformedPolicyDocument', 'Invalid principal in policy', 400, 'request'],
    ['SomethingNew', 'no idea', 400, 'request'],
    ['SomethingNew', sentence, 403, 'request'],
    ['ThrottlingException', 'Rate exceeded', 400, 'throttled'],
    ['SomethingNew', 'slow down', 429, 'throttled'],
    ['AccessDenied', sentence, 429, 'throttled'],
    ['ExpiredToken', 'The security token included in the request is expired', 403, 'credentials'],
    ['UnrecognizedClientException', 'The security token included in the request is invalid.', 400, 'credentials'],
    ['AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.', 403, 'credentials'],
    ['DENIED', 'Your authorization token has expired. Reauthenticate and try again.', 403, 'credentials'],
    ['AccessDeniedException', "You don't have access to the model with the specified model ID.", 403, 'request'],
    ['UNAUTHORIZED', 'authentication required', 401, 'credentials'],
    ['ServerException', 'internal', 500, 'unavailable'],
    ['AccessDenied', 'Access Denied', 503, 'unavailable'],
    ['SomethingNew', '', 502, 'unavailable'],
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', null, 'network'],
    ['TimeoutError', 'socket timed out', null, 'network'],
    ['ENOENT', 'spawn aws ENOENT', null, 'local'],
    ['exit 1', 'the program ended with 1', null, 'local'],
  ])('%s %s (%s) is %s', (code, message, httpStatus, cause) => {
    expect(outcomeOf(error(code, message, httpStatus))).toMatchObject({ outcome: 'failed', code, cause })
  })

  test('keeps the output that came all the same', () => {
    expect(outcomeOf({ ...error('exit 1', 'failed', null), output: { exit: 1 } })).toMatchObject({
      output: { exit: 1 },
    })
  })
})

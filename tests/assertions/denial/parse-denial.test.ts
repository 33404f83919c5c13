import { describe, expect, test } from 'vitest'
import { type ParsedDenial, parseDenial, parseDenials } from '../../../assertions/index.ts'

const ann = 'arn:aws:iam::111122223333:user/ann'
const empty = {
  code: null,
  operation: null,
  principal: null,
  action: null,
  resource: null,
  decision: null,
  policyType: null,
  policyArn: null,
}

type Fields = Partial<ParsedDenial>

describe('grammars of single services', () => {
  test.each<[string, string, Fields]>([
    [
      'SES',
      `User \`${ann}' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:eu-west-1:111122223333:identity/a@example.com'`,
      {
        principal: ann,
        action: 'ses:SendEmail',
        resource: 'arn:aws:ses:eu-west-1:111122223333:identity/a@example.com',
      },
    ],
    [
      'SES over SMTP',
      `554 Access denied: User \`${ann}' is not authorized to perform \`ses:SendRawEmail' on resource \`arn:aws:ses:eu-west-1:111122223333:identity/example.com'`,
      {
        code: '554',
        principal: ann,
        action: 'ses:SendRawEmail',
        resource: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
      },
    ],
    [
      'SNS to a phone',
      `An error occurred (AuthorizationError) when calling the Publish operation: User: ${ann} is not authorized to perform: SNS:Publish on resource: +15555550100 because no identity-based policy allows the SNS:Publish action`,
      {
        code: 'AuthorizationError',
        operation: 'Publish',
        principal: ann,
        action: 'SNS:Publish',
        resource: '+15555550100',
        decision: 'implicitDeny',
        policyType: 'identity-based',
      },
    ],
    [
      'SNS through two policies',
      `User: ${ann} is not authorized to perform: SNS:Publish on resource: arn:aws:sns:us-east-1:111122223333:topic with an explicit deny in a VPC endpoint policy transitively through a service control policy`,
      {
        principal: ann,
        action: 'SNS:Publish',
        resource: 'arn:aws:sns:us-east-1:111122223333:topic',
        decision: 'explicitDeny',
        policyType: 'VPC endpoint policy',
      },
    ],
    [
      'SQS in lower case',
      `User: ${ann} is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:111122223333:q.fifo because no resource-based policy allows the sqs:sendmessage action`,
      {
        principal: ann,
        action: 'sqs:sendmessage',
        resource: 'arn:aws:sqs:us-east-1:111122223333:q.fifo',
        decision: 'implicitDeny',
        policyType: 'resource-based',
      },
    ],
    [
      'EC2 with its first sentence',
      `An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. User: ${ann} is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/* because no identity-based policy allows the ec2:RunInstances action. Encoded authorization failure message: aB-c_1`,
      {
        code: 'UnauthorizedOperation',
        operation: 'RunInstances',
        principal: ann,
        action: 'ec2:RunInstances',
        resource: 'arn:aws:ec2:us-east-1:111122223333:instance/*',
        decision: 'implicitDeny',
        policyType: 'identity-based',
        encodedMessage: true,
      },
    ],
    [
      'EC2 as it was',
      'Client.UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: aB-c_1',
      { code: 'UnauthorizedOperation', encodedMessage: true },
    ],
    [
      'KMS, with three causes',
      `User: ${ann} is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/1-2 because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
      { principal: ann, action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111122223333:key/1-2' },
    ],
    [
      'KMS, on this resource',
      `User: ${ann} is not authorized to perform: kms:Decrypt on this resource because no identity-based policy allows the kms:Decrypt action`,
      { principal: ann, action: 'kms:Decrypt', decision: 'implicitDeny', policyType: 'identity-based' },
    ],
    [
      'S3, quoted',
      `User: ${ann} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/My file, because.txt" because no session policy allows the s3:PutObject action`,
      {
        principal: ann,
        action: 's3:PutObject',
        resource: 'arn:aws:s3:::b/My file, because.txt',
        decision: 'implicitDeny',
        policyType: 'session policy',
      },
    ],
    [
      'S3 Block Public Access',
      `User: ${ann} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::b" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      { principal: ann, action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::b' },
    ],
    [
      'S3 without a reason',
      'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
      { code: 'AccessDenied', operation: 'PutObject' },
    ],
    [
      'S3, HEAD',
      'fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden',
      { code: '403', operation: 'HeadObject' },
    ],
    [
      'STS without a user',
      'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity',
      { code: 'AccessDenied', operation: 'AssumeRoleWithWebIdentity', action: 'sts:AssumeRoleWithWebIdentity' },
    ],
    [
      'STS, root',
      'An error occurred (AccessDenied) when calling the AssumeRole operation: Roles may not be assumed by root accounts.',
      { code: 'AccessDenied', operation: 'AssumeRole' },
    ],
    [
      'IAM, a path',
      `User: ${ann} is not authorized to perform: iam:ListPolicies on resource: policy path / because no identity-based policy allows the iam:ListPolicies action`,
      {
        principal: ann,
        action: 'iam:ListPolicies',
        resource: 'policy path /',
        decision: 'implicitDeny',
        policyType: 'identity-based',
      },
    ],
    [
      'IAM, an access key, no colon',
      `User: ${ann} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAEXAMPLE`,
      { principal: ann, action: 'iam:GetAccessKeyLastUsed', resource: 'access key AKIAEXAMPLE' },
    ],
    [
      'API Gateway, masked',
      'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********3333:abc/prod/GET/ with an explicit deny',
      {
        principal: 'anonymous',
        action: 'execute-api:Invoke',
        resource: 'arn:aws:execute-api:eu-west-1:********3333:abc/prod/GET/',
        decision: 'explicitDeny',
      },
    ],
    [
      'API Gateway, an authorizer',
      '{"Message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}',
      { decision: 'explicitDeny', policyType: 'identity-based' },
    ],
    ['Greengrass, no action', `User: ${ann} is not authorized to perform: null`, { principal: ann }],
    [
      'a policy type of tomorrow',
      `User: ${ann} is not authorized to perform: a:B because no moonlight policy allows the a:B action`,
      { principal: ann, action: 'a:B', decision: 'implicitDeny' },
    ],
    [
      'an old page on trust policies',
      `User: ${ann} is not authorized to perform: sts:AssumeRole because the role trust policy allows the sts:AssumeRole action`,
      { principal: ann, action: 'sts:AssumeRole', decision: 'implicitDeny', policyType: 'role trust policy' },
    ],
    [
      'a plural that AWS writes',
      `User: ${ann} is not authorized to perform: a:B with an explicit deny in a sessions policy`,
      { principal: ann, action: 'a:B', decision: 'explicitDeny', policyType: 'session policy' },
    ],
    [
      'a bare explicit deny, before 2021',
      `User: ${ann} is not authorized to perform: ecr:PutImage on resource: * with an explicit deny`,
      { principal: ann, action: 'ecr:PutImage', resource: '*', decision: 'explicitDeny' },
    ],
    [
      'a network-based policy',
      'User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke with an explicit deny in a network-based policy',
      {
        principal: 'anonymous',
        action: 'vpc-lattice-svcs:Invoke',
        decision: 'explicitDeny',
        policyType: 'network-based',
      },
    ],
  ])('%s', (_, text, fields) => {
    expect(parseDenial(text)).toMatchObject({ ...empty, ...fields, isDenial: true, notDenial: null })
  })
})

describe('what stands around and behind', () => {
  const reason = 'because no identity-based policy allows the iam:GetRole action'
  const whole = `User: ${ann} is not authorized to perform: iam:GetRole on resource: role deploy ${reason}`
  const fields = {
    principal: ann,
    action: 'iam:GetRole',
    resource: 'role deploy',
    decision: 'implicitDeny',
    policyType: 'identity-based',
    policyArn: null,
  }
  test.each<[string, string, Fields]>([
    [
      'an authorization id',
      `${whole}. Go to https://us-east-1.console.aws.amazon.com/iam/home#/authorization-details/a1b2 for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: a1b2`,
      { authorizationId: 'a1b2' },
    ],
    [
      'Go’s registry client',
      `POST https://1.dkr.ecr.us-east-1.amazonaws.com/v2/: DENIED: ${whole}`,
      { code: 'DENIED' },
    ],
    ['a dictionary of Python', `{'Error': {'Message': '${whole}', 'Code': 'AccessDenied'}}`, { code: 'AccessDenied' }],
    ['tags of a page', whole.replaceAll(' on resource', '<br>on resource').replace(' because', '<br />because'), {}],
    [
      'a request id behind',
      `AccessDenied: ${whole}\n\tstatus code: 403, request id: 0123-4567-89ab`,
      { code: 'AccessDenied', requestId: '0123-4567-89ab' },
    ],
    [
      'a request id before',
      `operation error IAM: GetRole, https response error StatusCode: 403, RequestID: 0123-4567-89ab, api error AccessDenied: ${whole}`,
      { code: 'AccessDenied', operation: 'GetRole', requestId: '0123-4567-89ab' },
    ],
    [
      "CloudFormation's own code",
      `Resource handler returned message: "${whole} (Service: Iam, Status Code: 403, Request ID: 0123-4567-89ab)" (RequestToken: 1, HandlerErrorCode: AccessDenied)`,
      { code: null, requestId: '0123-4567-89ab' },
    ],
    ["CloudFormation's API", `API: iam:CreateRole ${whole}`, { operation: 'CreateRole' }],
    [
      'a class that is no code',
      `Amazon.IdentityManagement.AmazonIdentityManagementServiceException: ${whole}`,
      { code: null },
    ],
    [
      'a Python repr',
      `ClientError('An error occurred (AccessDenied) when calling the GetRole operation: ${whole}')`,
      { code: 'AccessDenied', operation: 'GetRole' },
    ],
    ['markdown', `**AccessDeniedException**: \`${whole}\``, { code: 'AccessDeniedException' }],
    [
      'XML in entities',
      `&lt;Error&gt;&lt;Code&gt;AccessDenied&lt;/Code&gt;&lt;Message&gt;${whole}&lt;/Message&gt;`,
      { code: 'AccessDenied' },
    ],
    ['colours', `\u001b[31mAccessDenied\u001b[0m: ${whole}\u001b[0m`, { code: 'AccessDenied' }],
    [
      'a terminal box',
      `│ Error: AccessDenied: User: ${ann} is not authorized to │\n│ perform: iam:GetRole on resource: role deploy because no identity-based │\n│ policy allows the iam:GetRole action │`,
      { code: 'AccessDenied' },
    ],
    [
      "an earlier call's throttle far above",
      `ThrottlingException: Rate exceeded\n${'retrying\n'.repeat(200)}Error: ${whole}`,
      { code: null },
    ],
    ['a marker of a page', `${whole} <--`, {}],
  ])('%s', (_, text, more) => {
    expect(parseDenial(text)).toMatchObject({ ...fields, ...more, isDenial: true })
  })

  test('where it stands in the text', () => {
    const text = `first line\nError: ${whole}\nlast line`
    const { start, end } = parseDenial(text)
    expect(text.slice(start, end)).toBe(whole)
  })
})

describe('no denial', () => {
  test.each<[string, string, string | null]>([
    ['a database', "ERROR 1045 (28000): Access denied for user 'ann'@'localhost' (using password: YES)", null],
    [
      'expired',
      'An error occurred (ExpiredToken) when calling the GetUser operation: The security token included in the request is expired',
      'ExpiredToken',
    ],
    [
      'unknown key',
      'An error occurred (InvalidClientTokenId) when calling the GetUser operation: The security token included in the request is invalid.',
      'InvalidClientTokenId',
    ],
    [
      'unknown key, ECR',
      'UnrecognizedClientException: The security token included in the request is invalid.',
      'UnrecognizedClientException',
    ],
    [
      'signature',
      'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.',
      'SignatureDoesNotMatch',
    ],
    [
      'not found',
      'operation error ECR: ListImages, https response error StatusCode: 400, RequestID: 1, RepositoryNotFoundException: The repository with name x does not exist',
      'RepositoryNotFoundException',
    ],
    [
      'throttled',
      'An error occurred (ThrottlingException) when calling the ListRoles operation (reached max retries: 4): Rate exceeded',
      'ThrottlingException',
    ],
    [
      'MFA',
      'An error occurred (AccessDenied) when calling the AssumeRole operation: MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      'AccessDenied',
    ],
    [
      'Bedrock model',
      "An error occurred (AccessDeniedException) when calling the InvokeModel operation: You don't have access to the model with the specified model ID.",
      'AccessDeniedException',
    ],
    ['registry login expired', 'denied: Your authorization token has expired. Reauthenticate and try again.', 'denied'],
    ['Docker Hub', 'denied: requested access to the resource is denied', 'denied'],
    ['no login', 'no basic auth credentials', null],
    [
      'no repository',
      "name unknown: The repository with name 'x' does not exist in the registry with id '111122223333'",
      'name unknown',
    ],
    [
      'Kubernetes',
      `Error from server (Forbidden): pods is forbidden: User "${ann}" cannot list resource "pods" in API group ""`,
      null,
    ],
    [
      'Azure',
      "AuthorizationFailed: The client 'x' with object id 'y' does not have authorization to perform action 'a/b/read'",
      null,
    ],
    [
      'another cloud in the same words',
      'User: acs:ram::1:user/x is not authorized to perform: ecs:Run on resource: y',
      null,
    ],
    [
      'an account in arrears',
      "We've noticed an issue with your AWS account. (Service: Amplify, Status Code: 401, HandlerErrorCode: AccessDenied)",
      null,
    ],
    [
      'an expired link',
      '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
      'AccessDenied',
    ],
    [
      'a quota on a push',
      'unexpected status from PUT request to https://1.dkr.ecr.us-east-1.amazonaws.com/v2/a/manifests/v1: 403 Forbidden',
      null,
    ],
    ['plain words', 'the build finished', null],
    ['nothing', '', null],
  ])('%s', (_, text, code) => {
    const { isDenial, notDenial } = parseDenial(text)
    expect({ isDenial, code: notDenial?.code }).toEqual({ isDenial: false, code })
    expect(notDenial?.meaning).toMatch(/^[A-Za-z]/)
    expect(parseDenials(text)).toEqual([])
  })
})

describe('refusals that left no words', () => {
  test.each([
    'error parsing HTTP 403 response body: unexpected end of JSON input: ""',
    'unexpected status from HEAD request to https://1.dkr.ecr.us-east-1.amazonaws.com/v2/a/manifests/v1: 403 Forbidden',
    `denied: User: ${ann}`,
    'Resource handler returned message: "Access denied for operation \'AWS::X::Y\'." (RequestToken: 1, HandlerErrorCode: AccessDenied)',
  ])('%s', text => {
    expect(parseDenial(text)).toMatchObject({ isDenial: true, action: null, decision: null })
  })
})

describe('several in one text', () => {
  const first = `User: ${ann} is not authorized to perform: ecr:CreateRepository on resource: *`
  const second = `User: ${ann} is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-west-2:111122223333:repository/x with an explicit deny`
  test.each<[string, string, (string | null)[]]>([
    [
      'two lines',
      `An error occurred (AccessDeniedException) when calling the CreateRepository operation: ${first}\nWARNING! a hint\ndenied: ${second}`,
      ['AccessDeniedException', 'denied'],
    ],
    [
      'a refusal without words, then a throttle, then another',
      'An error occurred (AccessDenied) when calling the A operation: Access Denied\nAn error occurred (Throttling) when calling the B operation: Rate exceeded\nAn error occurred (UnauthorizedOperation) when calling the C operation: no',
      ['AccessDenied', 'UnauthorizedOperation'],
    ],
    [
      "PHP's repetition counts once",
      `AccessDenied (client): ${first} - Sender AccessDenied ${first}`,
      ['AccessDenied'],
    ],
    ['the same on two lines counts twice', `${first}\n${first}`, [null, null]],
  ])('%s', (_, text, codes) => {
    expect(parseDenials(text).map(({ code }) => code)).toEqual(codes)
  })

  test('each has its own fields', () => {
    const all = parseDenials(`${first}\n${second}`)
    expect(all.map(({ resource, decision }) => ({ resource, decision }))).toEqual([
      { resource: '*', decision: null },
      { resource: 'arn:aws:ecr:us-west-2:111122223333:repository/x', decision: 'explicitDeny' },
    ])
  })
})

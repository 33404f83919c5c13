import { describe, expect, test } from 'vitest'
import {
  type DenyFields,
  type Expectation,
  judge,
  type Outcome,
  outcomeOf,
  type StepFacts,
} from '../../assertions/index.ts'

const session = 'arn:aws:sts::111122223333:assumed-role/reader/Practice'
const repository = 'arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine'
const facts: StepFacts = { actions: ['ecr:ListImages'], principal: session }
const nobody: StepFacts = { actions: [], principal: null }

const identityReason = 'because no identity-based policy allows the ecr:ListImages action'
const repositoryReason = 'with an explicit deny in a resource-based policy'
const sentence = (reason: string, action = 'ecr:ListImages', principal = session, resource = repository) =>
  `User: ${principal} is not authorized to perform: ${action} on resource: ${resource}${reason === '' ? '' : ` ${reason}`}`

const answer = (code: string, message: string, httpStatus = 400): Outcome =>
  outcomeOf({ code, message, httpStatus, requestId: 'request-1', operation: 'ListImages' })

const refused = (reason: string, action?: string, principal?: string, resource?: string) =>
  answer('AccessDeniedException', sentence(reason, action, principal, resource))

const allowed = (output: unknown = {}): Outcome => ({ outcome: 'allowed', output, httpStatus: 200, requestId: null })
const deny = (text: string | DenyFields): Expectation => ({ kind: 'deny', deny: text })

const block = [
  'An error occurred (AccessDeniedException) when calling the ListImages operation: ',
  'User: arn:aws:sts::ACCOUNT_ID:assumed-role/reader/Practice ',
  'is not authorized to perform: ecr:ListImages on resource: ',
  'arn:aws:ecr:us-west-2:ACCOUNT_ID:repository/team-b/alpine ',
  'with an explicit deny in a resource-based policy <--',
].join('\n')

describe('deny as text holds', () => {
  test.each<[string, string, Outcome, StepFacts]>([
    ['the reason alone', identityReason, refused(identityReason), facts],
    ['the explicit reason alone', repositoryReason, refused(repositoryReason), facts],
    [
      'the end of a sentence, cut within the resource',
      `team-b/alpine ${repositoryReason}`,
      refused(repositoryReason),
      facts,
    ],
    ['a beginning cut within the caller', 'role/reader/Practice is not authorized to perform:', refused(''), facts],
    ['a five-line block with placeholders and a marker', block, refused(repositoryReason), facts],
    [
      'the block run in another region',
      block,
      refused(repositoryReason, undefined, undefined, repository.replace('us-west-2', 'eu-central-1')),
      facts,
    ],
    [
      'folded white space',
      'because no   identity-based\n policy allows the ecr:ListImages action',
      refused(identityReason),
      facts,
    ],
    [
      'an elision',
      `User: ... is not authorized to perform: ecr:ListImages ... ${identityReason}`,
      refused(identityReason),
      facts,
    ],
    [
      'angle brackets',
      sentence(identityReason, 'ecr:ListImages', 'arn:aws:sts::<ACCOUNT_ID>:assumed-role/reader/Practice'),
      refused(identityReason),
      facts,
    ],
    [
      'a shell variable',
      sentence(identityReason, 'ecr:ListImages', 'arn:aws:sts::${ACCOUNT}:assumed-role/reader/Practice'),
      refused(identityReason),
      facts,
    ],
    [
      'a masked account',
      sentence(identityReason, 'ecr:ListImages', 'arn:aws:sts::xxxxxxxxxxxx:assumed-role/reader/Practice'),
      refused(identityReason),
      facts,
    ],
    [
      'a role that is left open',
      sentence(identityReason, 'ecr:ListImages', 'arn:aws:sts::ACCOUNT_ID:assumed-role/ROLE_NAME/Practice'),
      refused(identityReason),
      facts,
    ],
    [
      'a policy ARN that is appended today',
      'with an explicit deny in an identity-based policy',
      refused('with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoList'),
      facts,
    ],
    [
      'a policy ARN that was pasted',
      'with an explicit deny in an identity-based policy: arn:aws:iam::999900001111:policy/Old',
      refused('with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoList'),
      facts,
    ],
    [
      'an authorization id',
      identityReason,
      refused(
        `${identityReason}. Go to https://us-east-1.console.aws.amazon.com/iam/home#/authorization-details/abc1 for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: abc1`,
      ),
      facts,
    ],
    ['a code alone', 'AccessDeniedException', refused(''), facts],
    [
      'the code without its suffix',
      'An error occurred (AccessDenied) when calling the ListImages operation',
      refused(''),
      facts,
    ],
    ["the registry's code for the API's", `denied: ${sentence(identityReason)}`, refused(identityReason), facts],
    [
      'any words of the message when they name no field',
      'public ACLs are prevented by ... setting',
      answer(
        'AccessDenied',
        `${sentence('')} because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
        403,
      ),
      facts,
    ],
    [
      'root that assumes a role',
      'Roles may not be assumed by root accounts.',
      answer('AccessDenied', 'Roles may not be assumed by root accounts.', 403),
      nobody,
    ],
    [
      'an action in another case',
      'is not authorized to perform: SQS:ReceiveMessage',
      refused('', 'sqs:receivemessage'),
      nobody,
    ],
  ])('%s', (_, text, outcome, about) => {
    expect(judge(deny(text), outcome, about)).toMatchObject({ passed: true, differences: [] })
  })
})

describe('deny as text fails', () => {
  test.each<[string, string, Outcome, StepFacts, string]>([
    [
      'for another decision',
      identityReason,
      refused('with an explicit deny in an identity-based policy'),
      facts,
      'decision',
    ],
    [
      'for another policy type',
      identityReason,
      refused(identityReason.replace('identity', 'resource')),
      facts,
      'policyType',
    ],
    [
      'for the right type with the wrong decision',
      repositoryReason,
      refused('because no resource-based policy allows the ecr:ListImages action'),
      facts,
      'decision',
    ],
    [
      'for another resource, cut from the left',
      `repository/team-a/alpine ${identityReason}`,
      refused(identityReason),
      facts,
      'resource',
    ],
    [
      'for another resource, cut before its ARN',
      `on resource: arn:aws:ecr:us-west-2:ACCOUNT_ID:repository/team-a/alpine\n${identityReason}`,
      refused(identityReason),
      facts,
      'resource',
    ],
    [
      'for another caller, cut from the left',
      'role/writer/Practice is not authorized to perform: ecr:ListImages',
      refused(identityReason),
      nobody,
      'principal',
    ],
    ['for another action than the text names', identityReason, refused('', 'ecr:DescribeImages'), nobody, 'action'],
    [
      "for another action than the step's",
      'AccessDeniedException',
      refused('', 'ecr:GetAuthorizationToken'),
      facts,
      'action',
    ],
    [
      "for another caller than the step's",
      identityReason,
      refused(identityReason, undefined, 'arn:aws:iam::111122223333:user/admin'),
      facts,
      'principal',
    ],
    [
      'for another caller than the text names',
      sentence('', 'ecr:ListImages', 'arn:aws:iam::ACCOUNT_ID:user/ann'),
      refused('', undefined, 'arn:aws:iam::111122223333:user/bob'),
      nobody,
      'principal',
    ],
    [
      'for another repository',
      block,
      refused(repositoryReason, undefined, undefined, repository.replace('team-b', 'team-a')),
      facts,
      'resource',
    ],
    [
      'for another literal account',
      sentence(repositoryReason),
      refused(repositoryReason, undefined, undefined, repository.replace('111122223333', '444455556666')),
      facts,
      'resource',
    ],
    [
      "for an ARN where AWS's own star was meant",
      sentence('', 'ecr:ListImages', session, '*'),
      refused(''),
      facts,
      'resource',
    ],
    ['when it was allowed', identityReason, allowed(), facts, 'outcome'],
    [
      'for a repository that is not there',
      identityReason,
      answer(
        'RepositoryNotFoundException',
        "The repository with name 'x' does not exist in the registry with id '111122223333'",
      ),
      facts,
      'outcome',
    ],
    ['for a throttle', 'AccessDeniedException', answer('ThrottlingException', 'Rate exceeded'), facts, 'outcome'],
    [
      'for an expired session',
      identityReason,
      answer('ExpiredTokenException', 'The security token included in the request is expired'),
      facts,
      'outcome',
    ],
    [
      'for a wrong one-time code',
      'AccessDenied',
      answer('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.', 403),
      nobody,
      'outcome',
    ],
    [
      'for a Bedrock model not asked for',
      'AccessDeniedException',
      answer('AccessDeniedException', "You don't have access to the model with the specified model ID.", 403),
      nobody,
      'outcome',
    ],
    [
      'for an expired registry login',
      'denied',
      answer('denied', 'Your authorization token has expired. Reauthenticate and try again.', 403),
      nobody,
      'outcome',
    ],
    ['for words that do not occur', 'public policies are prevented', refused(''), facts, 'text'],
    [
      'for a free reason that is another',
      'because public policies are prevented by the BlockPublicPolicy setting',
      refused('because public ACLs are prevented by the BlockPublicAcls setting'),
      facts,
      'text',
    ],
    ['for nothing but an elision', '...', refused(identityReason), facts, 'text'],
    ['for a service that answers 500', 'AccessDenied', answer('ServerException', 'internal', 500), nobody, 'outcome'],
    [
      'for a failed connection',
      'AccessDenied',
      answer('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'),
      nobody,
      'outcome',
    ],
  ])('%s', (_, text, outcome, about, field) => {
    const verdict = judge(deny(text), outcome, about)
    expect(verdict.passed).toBe(false)
    expect(verdict.differences.map(difference => difference.field)).toContain(field)
  })
})

describe('deny as a map', () => {
  test.each<[string, DenyFields, Outcome, string[]]>([
    [
      'its decision and type',
      { decision: 'implicitDeny', 'policy-type': 'identity-based' },
      refused(identityReason),
      [],
    ],
    ['an exact resource', { resource: repository }, refused(identityReason), []],
    ['a resource with a star', { resource: 'arn:aws:ecr:*:repository/team-b/*' }, refused(identityReason), []],
    ['a principal with a star', { principal: '*:assumed-role/reader/*' }, refused(identityReason), []],
    ['the code without suffix', { code: 'AccessDenied' }, refused(identityReason), []],
    ['a sentence word for word', { sentence: identityReason }, refused(identityReason), []],
    ['a text beside fields', { action: 'ecr:ListImages', text: identityReason }, refused(identityReason), []],
    ['nothing but the denial of this step', {}, refused(identityReason), []],
    ['another decision', { decision: 'explicitDeny' }, refused(identityReason), ['decision']],
    ['another type', { 'policy-type': 'permissions boundary' }, refused(identityReason), ['policyType']],
    [
      'a text that is not met',
      { action: 'ecr:ListImages', text: repositoryReason },
      refused(identityReason),
      ['decision', 'policyType'],
    ],
    ['a sentence in other words', { sentence: 'is not allowed to perform' }, refused(identityReason), ['text']],
    ['another resource', { resource: 'arn:aws:ecr:*:repository/team-a/*' }, refused(identityReason), ['resource']],
    ['a lone star for an ARN', { resource: '*' }, refused(identityReason), ['resource']],
    [
      'another region, written out',
      { resource: repository.replace('us-west-2', 'eu-west-1') },
      refused(identityReason),
      ['resource'],
    ],
    ['another code', { code: 'UnauthorizedOperation' }, refused(identityReason), ['code']],
    ['another caller', { principal: 'arn:aws:iam::111122223333:user/*' }, refused(identityReason), ['principal']],
  ])('%s', (_, fields, outcome, differing) => {
    const verdict = judge(deny(fields), outcome, facts)
    expect(verdict.differences.map(({ field }) => field)).toEqual(differing)
    expect(verdict.passed).toBe(differing.length === 0)
  })

  test('names what the answer leaves unsaid, and passes', () => {
    const outcome = answer('AccessDenied', 'Access Denied', 403)
    const verdict = judge(
      deny({ decision: 'implicitDeny', 'policy-type': 'role trust policy', resource: repository }),
      outcome,
      facts,
    )
    expect(verdict.passed).toBe(true)
    expect(verdict.unproven.toSorted()).toEqual(['action', 'decision', 'policyType', 'principal', 'resource'])
  })
})

describe('allow', () => {
  const images = { imageIds: [{ imageTag: 'v1', imageDigest: 'sha256:1' }, { imageTag: 'v2' }], nextToken: undefined }
  test.each<[string, unknown, unknown, string[]]>([
    ['nothing asked', undefined, images, []],
    ['a subset', { imageIds: [{ imageTag: 'v1' }] }, images, []],
    ['lists in any order', { imageIds: [{ imageTag: 'v2' }, { imageTag: 'v1' }] }, images, []],
    ['a star', { imageIds: [{ imageDigest: 'sha256:*' }] }, images, []],
    ['an empty list asks for nothing in it', { imageIds: [] }, images, []],
    ['absent for null', { nextToken: null }, images, []],
    [
      'pairs made again for a later element',
      { list: [{ a: 1 }, { a: 1, b: 2 }] },
      { list: [{ a: 1, b: 2 }, { a: 1 }] },
      [],
    ],
    ['a time as text', { at: '2026-01-02T03:04:05.000Z' }, { at: new Date('2026-01-02T03:04:05Z') }, []],
    ['one element twice', { imageIds: [{ imageTag: 'v1' }, { imageTag: 'v1' }] }, images, ['output.imageIds[1]']],
    ['a missing element', { imageIds: [{ imageTag: 'v3' }] }, images, ['output.imageIds[0]']],
    [
      'the place in a single element',
      { imageIds: [{ imageTag: 'v2' }] },
      { imageIds: [{ imageTag: 'v1' }] },
      ['output.imageIds[0].imageTag'],
    ],
    ['a number for its text', { exit: '0' }, { exit: 0 }, ['output.exit']],
    ['a list for a map', { imageIds: { imageTag: 'v1' } }, images, ['output.imageIds']],
    ['a missing member', { repository: { repositoryName: 'x' } }, images, ['output.repository']],
    ['a false for an absent', { flag: false }, images, ['output.flag']],
  ])('%s', (_, output, actual, differing) => {
    const verdict = judge({ kind: 'allow', output }, allowed(actual), facts)
    expect(verdict.differences.map(({ field }) => field)).toEqual(differing)
  })

  test.each([refused(identityReason), answer('ThrottlingException', 'Rate exceeded')])('fails for %o', outcome => {
    expect(judge({ kind: 'allow', output: undefined }, outcome, facts).passed).toBe(false)
  })
})

describe('error', () => {
  const malformed = answer('MalformedPolicyDocumentException', 'Invalid principal in policy: "AWS":"x"')
  test.each<[string, { code: string; message?: string }, Outcome, boolean]>([
    ['the code without suffix', { code: 'MalformedPolicyDocument' }, malformed, true],
    ['a message with stars', { code: 'MalformedPolicyDocument', message: '*principal in*policy*' }, malformed, true],
    ['another message', { code: 'MalformedPolicyDocument', message: '*resource*' }, malformed, false],
    ['a part without stars', { code: 'MalformedPolicyDocument', message: 'principal' }, malformed, false],
    ['another code', { code: 'NoSuchEntity' }, malformed, false],
    ['a denial by its code', { code: 'AccessDenied' }, refused(''), true],
    ['an allowed call', { code: 'NoSuchEntity' }, allowed(), false],
  ])('%s', (_, expected, outcome, passed) => {
    expect(judge({ kind: 'error', ...expected }, outcome, nobody).passed).toBe(passed)
  })
})

test.each<[Expectation, Outcome, string, string]>([
  [
    deny(identityReason),
    allowed({ imageIds: [{ imageTag: 'v1' }] }),
    'denied: implicitDeny, no identity-based policy allows ecr:ListImages',
    'allowed, 1 image (v1)',
  ],
  [
    deny(repositoryReason),
    refused(repositoryReason),
    'denied: explicitDeny, with an explicit deny in a resource-based policy',
    'denied, with an explicit deny in a resource-based policy',
  ],
  [deny({}), refused(''), 'denied: ecr:ListImages', 'denied ecr:ListImages, no reason given'],
  [
    { kind: 'allow', output: undefined },
    answer('ThrottlingException', 'Rate exceeded'),
    'allowed',
    'failed: ThrottlingException: Rate exceeded',
  ],
  [
    { kind: 'error', code: 'NoSuchEntity' },
    refused(identityReason),
    'error NoSuchEntity',
    'denied, because no identity-based policy allows ecr:ListImages',
  ],
])('words: %#', (expectation, outcome, expected, actual) => {
  expect(judge(expectation, outcome, facts)).toMatchObject({ expected, actual })
})

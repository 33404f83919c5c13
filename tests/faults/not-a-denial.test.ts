import { afterEach, expect, test } from 'vitest'
import { openWorkshop, type Workshop } from '../runner/engine/harness.ts'
import { jsonError, type Meddler, meddle } from './meddler.ts'

let workshop: Workshop | undefined
let meddler: Meddler | undefined
afterEach(async () => {
  await workshop?.close()
  await meddler?.close()
})

const forTeamB = (answer: ReturnType<typeof jsonError>) => (operation: string, body: string) =>
  operation === 'ecr:ListImages' && body.includes('team-b') ? answer : null

/** None of these says that a policy refused the call, however much it looks like a refusal. */
test.each([
  [
    'RepositoryNotFoundException',
    "The repository with name 'team-b/alpine' does not exist in the registry with id '111122223333'",
    400,
    'failed',
    1,
  ],
  ['ThrottlingException', 'Rate exceeded', 400, 'error', 3],
  ['ExpiredTokenException', 'The security token included in the request is expired', 400, 'error', 3],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', 400, 'error', 3],
  [
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
    400,
    'error',
    3,
  ],
  ['ServerException', 'Internal failure', 500, 'error', 3],
  [
    'InvalidParameterException',
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'x'",
    400,
    'failed',
    1,
  ],
])('%s is never "denied"', async (code, message, httpStatus, status, exitCode) => {
  workshop = await openWorkshop({
    through: async endpoint => {
      meddler = await meddle(endpoint, forTeamB(jsonError(code, message, httpStatus)))
      return meddler.endpoint
    },
  })
  const report = await workshop.run(['identity-policies'])
  const step = report.labs[1]?.steps.find(each => each.id === 'team-b-denied')
  expect(step).toMatchObject({
    status,
    actual: { outcome: 'failed', code, denial: null },
    points: status === 'failed' ? 0 : null,
  })
  expect(report.exitCode).toBe(exitCode)
})

const sentence = (who: string, action: string, reason: string) =>
  `User: ${who} is not authorized to perform: ${action} on resource: arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine ${reason}`
const tester = 'arn:aws:sts::111122223333:assumed-role/ecr_access_teama_role/ECR-Access-Testing'
const silent = 'because no identity-based policy allows the ecr:ListImages action'

test.each([
  ['the right one', tester, 'ecr:ListImages', silent, 'passed'],
  ['another principal', 'arn:aws:iam::111122223333:user/admin', 'ecr:ListImages', silent, 'failed'],
  [
    'another action',
    tester,
    'ecr:DescribeImages',
    'because no identity-based policy allows the ecr:DescribeImages action',
    'failed',
  ],
  [
    'another policy type',
    tester,
    'ecr:ListImages',
    'because no permissions boundary allows the ecr:ListImages action',
    'failed',
  ],
  ['another decision', tester, 'ecr:ListImages', 'with an explicit deny in an identity-based policy', 'failed'],
  ['an organization', tester, 'ecr:ListImages', 'with an explicit deny in a service control policy', 'blocked'],
  ['no reason at all: unproven, not wrong', tester, 'ecr:ListImages', '', 'passed'],
  [
    'the policy’s ARN and an authorization id after it',
    tester,
    'ecr:ListImages',
    `${silent}. Go to https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/authorization-details/abc for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: abc`,
    'passed',
  ],
])('a denial for %s', async (_, who, action, reason, status) => {
  workshop = await openWorkshop({
    through: async endpoint => {
      meddler = await meddle(
        endpoint,
        forTeamB(jsonError('AccessDeniedException', sentence(who, action, reason).trim())),
      )
      return meddler.endpoint
    },
  })
  const report = await workshop.run(['identity-policies'])
  expect(report.labs[1]?.steps.find(each => each.id === 'team-b-denied')).toMatchObject({ status })
})

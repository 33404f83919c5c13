import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('services and versions that are not served')

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await newSandbox()
})
afterAll(() => sandbox.remove())

const form = 'application/x-www-form-urlencoded'
const json = 'application/x-amz-json-1.1'
const target = (operation: string) => ({ 'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}` })

const signed = async (
  service: string,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<[number, string]> => {
  const signer = new SignatureV4({
    service,
    region: 'us-west-2',
    credentials: sandbox.config.credentials,
    sha256: Hash.bind(null, 'sha256') as never,
  })
  const host = `127.0.0.1:${sandbox.port}`
  const request = {
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: sandbox.port,
    path: '/',
    headers: { host, 'content-type': type, ...headers },
    body,
  }
  const { headers: sent } = await signer.sign(request)
  const answer = await fetch(sandbox.endpoint, { method: 'POST', headers: sent, body })
  return [answer.status, await answer.text()]
}

test.each<[string, string, string, string, Record<string, string>, number, RegExp]>([
  [
    'an action unknown to STS',
    'sts',
    form,
    'Action=Nonsense&Version=2011-06-15',
    {},
    400,
    /xmlns="http:\/\/webservices.amazon.com\/AWSFault\/2005-15-09"[\s\S]*<Code>InvalidAction<\/Code>\n {4}<Message>Could not find operation Nonsense for version 2011-06-15</,
  ],
  [
    'another version',
    'iam',
    form,
    'Action=GetRole&Version=2009-01-01',
    {},
    400,
    /Could not find operation GetRole for version 2009-01-01</,
  ],
  [
    'no version',
    'sts',
    form,
    'Action=GetCallerIdentity',
    {},
    400,
    /Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED</,
  ],
  [
    'an action in another case',
    'sts',
    form,
    'Action=getCallerIdentity&Version=2011-06-15',
    {},
    400,
    /<Code>InvalidAction</,
  ],
  [
    'an action named like a part of JavaScript',
    'iam',
    form,
    'Action=constructor&Version=2010-05-08',
    {},
    400,
    /<Code>InvalidAction</,
  ],
  [
    'an action that is not served',
    'iam',
    form,
    'Action=GetCredentialReport&Version=2010-05-08',
    {},
    501,
    /<Code>NotImplemented<\/Code>\n {4}<Message>iam:GetCredentialReport is not implemented by the sandbox</,
  ],
  [
    'a SAML assertion, unsigned or not',
    'sts',
    form,
    'Action=AssumeRoleWithSAML&Version=2011-06-15',
    {},
    501,
    /sts:AssumeRoleWithSAML is not implemented/,
  ],
  [
    'IAM’s version signed for STS',
    'sts',
    form,
    'Action=GetRole&Version=2010-05-08',
    {},
    403,
    /Credential should be scoped to correct service: 'iam'\. </,
  ],
  [
    'a service that is not here',
    'ec2',
    form,
    'Action=DescribeVpcs&Version=2016-11-15',
    {},
    501,
    /the service ec2 is not implemented by the sandbox/,
  ],
  [
    'a JSON service that is not here',
    'logs',
    json,
    '{}',
    { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
    501,
    /^{"__type":"NotImplemented","message":"the service logs is not implemented/,
  ],
  ['a target unknown to ECR', 'ecr', json, '{}', target('Nonsense'), 400, /^{"__type":"UnknownOperationException"/],
  [
    'a target that is not served',
    'ecr',
    json,
    '{}',
    target('StartImageScan'),
    501,
    /^{"__type":"NotImplemented","message":"ecr:StartImageScan is not implemented by the sandbox"}$/,
  ],
  ['no target', 'ecr', json, '{}', {}, 400, /^{"__type":"UnknownOperationException"/],
  ['a body that is not JSON', 'ecr', json, '{', target('ListImages'), 400, /^{"__type":"SerializationException"}$/],
  [
    'a number for a name',
    'ecr',
    json,
    '{"repositoryName":5}',
    target('ListImages'),
    400,
    /^{"__type":"SerializationException","message":"NUMBER_VALUE can not be converted to a String"}$/,
  ],
  [
    'a duration that is no number',
    'sts',
    form,
    'Action=AssumeRole&Version=2011-06-15&DurationSeconds=x',
    {},
    400,
    /<Code>MalformedInput<\/Code>\n {2}<\/Error>/,
  ],
])('%s', async (_title, service, type, body, headers, status, text) => {
  const [found, answer] = await signed(service, type, body, headers)
  expect(answer).toMatch(text)
  expect(found).toBe(status)
})

test('STS’s answers carry its extended request id', async () => {
  const signer = new SignatureV4({
    service: 'sts',
    region: 'us-west-2',
    credentials: sandbox.config.credentials,
    sha256: Hash.bind(null, 'sha256') as never,
  })
  const headers = { host: `127.0.0.1:${sandbox.port}` }
  const request = {
    method: 'GET',
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: sandbox.port,
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers,
  }
  const sent = await signer.sign(request)
  const answer = await fetch(`${sandbox.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`, {
    headers: sent.headers,
  })
  const id = Buffer.from(answer.headers.get('x-amz-sts-extended-request-id') ?? '', 'base64').toString()
  expect(id).toMatch(/^1:us-west-2:S:\d{13}:R:.{8}$/)
  expect(await answer.text()).toContain(`<RequestId>${answer.headers.get('x-amzn-requestid')}</RequestId>`)
})

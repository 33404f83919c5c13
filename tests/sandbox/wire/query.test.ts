import { describe, expect, test } from 'vitest'
import { AwsError } from '../../../sandbox/errors.ts'
import { queryInput } from '../../../sandbox/wire/query-input.ts'
import { queryFailure, querySuccess } from '../../../sandbox/wire/query-output.ts'
import { parseParameters } from '../../../sandbox/wire/query-parameters.ts'
import { serviceModel } from '../../../sandbox/wire/service-model.ts'
import type { OperationModel } from '../../../sandbox/wire/shape.ts'

const operation = async (service: 'iam' | 'sts', name: string): Promise<OperationModel> => {
  const model = (await serviceModel(service)).operation(name)
  if (model === undefined) throw new Error(`no ${name}`)
  return model
}

const sts = 'https://sts.amazonaws.com/doc/2011-06-15/'

describe('input', () => {
  test.each<['iam' | 'sts', string, string, Record<string, unknown>]>([
    ['sts', 'AssumeRole', 'RoleArn=a&RoleSessionName=b%20c+d', { RoleArn: 'a', RoleSessionName: 'b c d' }],
    ['sts', 'AssumeRole', 'RoleArn=first&RoleArn=second&Nonsense=1', { RoleArn: 'first' }],
    ['sts', 'AssumeRole', 'DurationSeconds=%2B900', { DurationSeconds: 900 }],
    ['sts', 'AssumeRole', 'DurationSeconds=0900', { DurationSeconds: 900 }],
    [
      'sts',
      'AssumeRole',
      'PolicyArns.member.2.arn=b&PolicyArns.member.1.arn=a',
      { PolicyArns: [{ arn: 'a' }, { arn: 'b' }] },
    ],
    ['iam', 'UntagRole', 'TagKeys.member.10=j&TagKeys.member.9=i', { TagKeys: ['i', 'j'] }],
    ['iam', 'UntagRole', 'TagKeys=', { TagKeys: [] }],
    ['iam', 'CreateRole', 'Tags.member.1.Key=k&Tags.member.1.Value=', { Tags: [{ Key: 'k', Value: '' }] }],
    ['iam', 'CreatePolicyVersion', 'SetAsDefault=true', { SetAsDefault: true }],
    ['iam', 'CreateRole', '__proto__.x=1&constructor=2', {}],
  ])('%s %s %s', async (service, name, body, expected) => {
    expect(queryInput((await operation(service, name)).input, parseParameters(body))).toEqual(expected)
  })

  test.each([
    ['', 'missing value for decimal type'],
    ['1.5', ''],
    ['x', ''],
    ['99999999999', ''],
  ])('a number `%s` is MalformedInput', async (text, message) => {
    const { input } = await operation('sts', 'AssumeRole')
    const read = () => queryInput(input, parseParameters(`DurationSeconds=${encodeURIComponent(text)}`))
    expect(read).toThrow(expect.objectContaining({ code: 'MalformedInput', status: 400, message }))
  })
})

describe('output, byte for byte', () => {
  test('as STS writes it', async () => {
    const answer = querySuccess(
      await operation('sts', 'GetCallerIdentity'),
      sts,
      { Arn: 'a', UserId: 'u', Account: '1' },
      'id',
    )
    expect(answer).toEqual({
      status: 200,
      headers: { 'Content-Type': 'text/xml', 'x-amzn-RequestId': 'id' },
      body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>a</Arn>
    <UserId>u</UserId>
    <Account>1</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>id</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`,
    })
  })

  test.each<[string, 'iam' | 'sts', Record<string, unknown> | undefined, RegExp]>([
    ['DeleteRole', 'iam', undefined, /^<DeleteRoleResponse xmlns="[^"]*">\n {2}<ResponseMetadata>/],
    [
      'ListRoles',
      'iam',
      { Roles: [], IsTruncated: false },
      /<ListRolesResult>\n {4}<Roles\/>\n {4}<IsTruncated>false<\/IsTruncated>\n/,
    ],
    [
      'ListRolePolicies',
      'iam',
      { PolicyNames: ['a<b'] },
      /<PolicyNames>\n {6}<member>a&lt;b<\/member>\n {4}<\/PolicyNames>/,
    ],
    [
      'GetAccountSummary',
      'iam',
      { SummaryMap: { Users: 1 } },
      /<SummaryMap>\n {6}<entry>\n {8}<key>Users<\/key>\n {8}<value>1<\/value>/,
    ],
    [
      'CreatePolicy',
      'iam',
      { Policy: { CreateDate: 1554481220999 } },
      /<CreateDate>2019-04-05T16:20:20Z<\/CreateDate>/,
    ],
    [
      'CreatePolicy',
      'iam',
      { Policy: { CreateDate: new Date(1554481220999), Path: undefined } },
      /<Policy>\n {6}<CreateDate>2019-04-05T16:20:20Z<\/CreateDate>\n {4}<\/Policy>/,
    ],
  ])('%s', async (name, service, output, expected) => {
    expect(querySuccess(await operation(service, name), 'n', output, 'id').body).toMatch(expected)
  })

  test('a member that the model does not have is our mistake', async () => {
    const model = await operation('sts', 'GetCallerIdentity')
    expect(() => querySuccess(model, sts, { Nonsense: 1 }, 'id')).toThrow(
      'GetCallerIdentityResponse has no member Nonsense',
    )
  })

  test('errors', () => {
    expect(
      queryFailure(new AwsError('AccessDenied', 403, 'no "way" & <so>'), sts, 'id').body,
    ).toBe(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>AccessDenied</Code>
    <Message>no &quot;way&quot; &amp; &lt;so&gt;</Message>
  </Error>
  <RequestId>id</RequestId>
</ErrorResponse>
`)
    expect(queryFailure(new AwsError('MalformedInput', 400, ''), sts, 'id').body).not.toContain('Message')
  })
})

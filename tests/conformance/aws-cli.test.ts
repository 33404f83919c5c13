import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, program)))

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await newSandbox()
})
afterAll(() => sandbox.remove())

interface Result {
  code: number
  stdout: string
  stderr: string
}

const aws = (...words: string[]): Promise<Result> => {
  const home = join(sandbox.directory, 'home')
  mkdirSync(home, { recursive: true })
  const { accessKeyId, secretAccessKey } = sandbox.config.credentials
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: sandbox.region,
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
  }
  return new Promise(resolve => {
    execFile(
      'aws',
      ['--endpoint-url', sandbox.endpoint, '--output', 'json', ...words],
      { env },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }],
})

// Where there is no aws CLI on the PATH these are skipped, not passed.
describe.skipIf(!onPath('aws'))('the real aws CLI', () => {
  test('reads what it wrote', async () => {
    const document = join(sandbox.directory, 'trust.json')
    writeFileSync(document, trust)
    const identity = await aws('sts', 'get-caller-identity')
    expect(JSON.parse(identity.stdout)).toMatchObject({ Arn: 'arn:aws:iam::111122223333:user/admin' })
    const created = await aws(
      'iam',
      'create-role',
      '--role-name',
      'cli',
      '--assume-role-policy-document',
      `file://${document}`,
      '--tags',
      'Key=team,Value=a',
    )
    expect(JSON.parse(created.stdout).Role).toMatchObject({
      RoleName: 'cli',
      AssumeRolePolicyDocument: JSON.parse(trust),
      Tags: [{ Key: 'team', Value: 'a' }],
    })
    const repository = await aws('ecr', 'create-repository', '--repository-name', 'team-a/cli')
    expect(JSON.parse(repository.stdout).repository).toMatchObject({
      repositoryArn: 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/cli',
    })
    const session = await aws(
      'sts',
      'assume-role',
      '--role-arn',
      'arn:aws:iam::111122223333:role/cli',
      '--role-session-name',
      'from-cli',
    )
    expect(JSON.parse(session.stdout).AssumedRoleUser.Arn).toBe('arn:aws:sts::111122223333:assumed-role/cli/from-cli')
  })

  test.each([
    [
      ['iam', 'get-role', '--role-name', 'nobody'],
      'An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name nobody cannot be found.',
    ],
    [
      ['ecr', 'list-images', '--repository-name', 'nothing'],
      "An error occurred (RepositoryNotFoundException) when calling the ListImages operation: The repository with name 'nothing' does not exist in the registry with id '111122223333'",
    ],
    [
      ['sts', 'assume-role', '--role-arn', 'arn:aws:iam::111122223333:role/nobody', '--role-session-name', 'x-y'],
      'An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::111122223333:user/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/nobody',
    ],
    [
      ['iam', 'get-credential-report'],
      'An error occurred (NotImplemented) when calling the GetCredentialReport operation: iam:GetCredentialReport is not implemented by the sandbox',
    ],
  ])('prints the error of %j', async (words, text) => {
    const result = await aws(...words)
    expect(result.stderr.trim()).toBe(text)
    expect(result.code).toBeGreaterThan(0)
  })
})

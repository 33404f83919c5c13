import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0
const arn = (resource: string): string => `arn:aws:ecr:us-west-2:111122223333:repository/${resource}`

// Where python3 has no boto3 these are skipped, not passed.
describe.skipIf(!hasBoto3)('boto3', () => {
  let sandbox: TestSandbox
  let found: Record<string, unknown>
  beforeAll(async () => {
    sandbox = await newSandbox()
    const { accessKeyId, secretAccessKey } = sandbox.config.credentials
    const env = {
      PATH: process.env.PATH,
      HOME: sandbox.directory,
      // A manager of Python versions looks for them in the person's home.
      ...(process.env.PYENV_ROOT === undefined ? {} : { PYENV_ROOT: process.env.PYENV_ROOT }),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    }
    const script = join(import.meta.dirname, 'boto3-calls.py')
    const { stdout } = await promisify(execFile)('python3', [script, sandbox.endpoint, sandbox.region], { env })
    found = JSON.parse(stdout) as Record<string, unknown>
  })
  afterAll(() => sandbox.remove())

  test('reads what it wrote, page by page, documents as objects and times with their zone', () => {
    expect(found).toMatchObject({
      account: '111122223333',
      role: { document: true, tags: [{ Key: 'team', Value: 'a b/é' }], created: 0 },
      pages: [['p0', 'p1', 'p2'], ['p3', 'p4', 'p5'], ['p6']],
      inline: true,
      empty: [],
      repository: [arn('team-a/boto'), true],
    })
  })

  test('acts as the role that it assumes', () => {
    expect(found).toMatchObject({ session: 'arn:aws:sts::111122223333:assumed-role/boto/from-boto', images: [] })
  })

  test('has a presigned request served', () => {
    expect(found).toMatchObject({ presigned: `${sandbox.endpoint}/`, presignedAnswer: 200 })
  })

  const denied = `User: arn:aws:sts::111122223333:assumed-role/boto/from-boto is not authorized to perform: ecr:DescribeImages on resource: ${arn('team-a/boto')} because no identity-based policy allows the ecr:DescribeImages action`

  test.each([
    ['taken', ['EntityAlreadyExists', 409, 'Role with name boto already exists.']],
    ['missing', ['NoSuchEntity', 404, 'The role with name nobody cannot be found.']],
    [
      'length',
      [
        'ValidationError',
        400,
        "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
      ],
    ],
    [
      'repository',
      [
        'RepositoryNotFoundException',
        400,
        "The repository with name 'nothing' does not exist in the registry with id '111122223333'",
      ],
    ],
    ['denied', ['AccessDeniedException', 400, denied]],
    [
      'policy',
      [
        'RepositoryPolicyNotFoundException',
        400,
        "Repository policy does not exist for the repository with name 'team-a/boto' in the registry with id '111122223333'",
      ],
    ],
    ['unserved', ['NotImplemented', 501, 'iam:GetCredentialReport is not implemented by the sandbox']],
    ['unsent', "botocore's own check"],
  ])('is refused: %s', (name, expected) => {
    expect((found.refusals as Record<string, unknown>)[name]).toEqual(expected)
  })
})

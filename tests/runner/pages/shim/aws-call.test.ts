import { expect, test } from 'vitest'
import { effectOf, readAwsCall } from '../../../../runner/pages/shim/aws-call.ts'
import { inputOf } from '../../../../runner/pages/shim/call-input.ts'
import { journalStep } from '../../../../runner/pages/shim/journal-step.ts'

const words = (line: string) => line.split(' ').filter(word => word !== '')

test.each([
  ['iam create-role --role-name r', 'iam:CreateRole', 'changes'],
  ['--region us-west-2 iam create-role --role-name r', 'iam:CreateRole', 'changes'],
  ['--debug iam --profile p create-role --role-name r', 'iam:CreateRole', 'changes'],
  ['--output=text ecr list-images --repository-name r', 'ecr:ListImages', 'reads'],
  ['ecr describe-repositories', 'ecr:DescribeRepositories', 'reads'],
  ['ecr batch-get-image --image-ids imageTag=v1', 'ecr:BatchGetImage', 'reads'],
  ['ecr batch-delete-image --image-ids imageTag=v1', 'ecr:BatchDeleteImage', 'changes'],
  ['ecr get-login-password', null, 'credentials'],
  ['sts assume-role --role-arn a', 'sts:AssumeRole', 'credentials'],
  ['sts get-caller-identity', 'sts:GetCallerIdentity', 'reads'],
  ['iam create-access-key --user-name u', 'iam:CreateAccessKey', 'changes'],
  ['iam wait role-exists --role-name r', null, 'reads'],
  ['iam create-role --generate-cli-skeleton', 'iam:CreateRole', 'reads'],
  ['iam create-role help', 'iam:CreateRole', 'changes'],
  ['configure set region x', null, 'reads'],
  ['s3 ls', null, 'reads'],
  ['s3 cp a b', null, 'changes'],
  ['--version', null, 'reads'],
])('aws %s', async (line, operation, effect) => {
  const call = await readAwsCall(words(line))
  expect([call.operation, effectOf(call)]).toEqual([operation, effect])
})

test.each([
  [
    'iam create-role --role-name r --assume-role-policy-document {"a":1}',
    { RoleName: 'r', AssumeRolePolicyDocument: '{"a":1}' },
  ],
  [
    'iam create-role --role-name r --tags Key=a,Value=b Key=c,Value=d',
    {
      RoleName: 'r',
      Tags: [
        { Key: 'a', Value: 'b' },
        { Key: 'c', Value: 'd' },
      ],
    },
  ],
  [
    'iam create-role --role-name r --tags [{"Key":"a","Value":"b"}]',
    { RoleName: 'r', Tags: [{ Key: 'a', Value: 'b' }] },
  ],
  [
    'ecr set-repository-policy --repository-name r --force --policy-text x',
    { repositoryName: 'r', force: true, policyText: 'x' },
  ],
  ['iam create-role --cli-input-json {"RoleName":"r"}', { RoleName: 'r' }],
])('the input of aws %s', async (line, input) => {
  expect(await inputOf(await readAwsCall(words(line)), '/')).toEqual(input)
})

test('an input that can be read only once is refused', async () => {
  const call = await readAwsCall(words('iam create-role --assume-role-policy-document file:///dev/stdin'))
  await expect(inputOf(call, '/')).rejects.toThrow('`file:///dev/stdin` can be read only once')
})

test.each([
  [
    'iam:CreateRole',
    { RoleName: 'r', AssumeRolePolicyDocument: '{}', Tags: [{ Key: 'a', Value: 'b' }] },
    'create-role',
    { type: 'role', name: 'r' },
  ],
  [
    'iam:CreateRole',
    { RoleName: 'r', AssumeRolePolicyDocument: '{}', MaxSessionDuration: '3600' },
    'create-role',
    { type: 'role', name: 'r' },
  ],
  [
    'iam:AttachUserPolicy',
    { UserName: 'u', PolicyArn: 'arn:aws:iam::aws:policy/X' },
    'attach-user-policy',
    { type: 'attachment' },
  ],
  ['iam:CreateGroup', { GroupName: 'g' }, 'call', { type: 'call', name: 'iam:CreateGroup' }],
  ['iam:DeleteRole', { RoleName: 'r' }, 'call', null],
])('%s %j is journaled as %s', (operation, input, kind, resource) => {
  const step = journalStep(operation, input)
  const place = { partition: 'aws', account: '111122223333', region: 'us-west-2' }
  expect(step.kind.kind).toBe(kind)
  const made = step.prepared.resource(place)
  if (resource === null) expect(made).toBe(null)
  else expect(made).toMatchObject(resource)
})

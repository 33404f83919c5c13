import type { Scenes } from './scene.ts'
import { allow, document } from './world.ts'

export const authorizationScenes: Scenes = {
  'entity in PolicySourceArn does not exist': (world, operation) => ({
    call: () =>
      world.iam(operation, { PolicySourceArn: world.arn('role', 'nobody-at-all'), ActionNames: ['ecr:ListImages'] }),
  }),
  'PolicySourceArn is an assumed-role session ARN': (world, operation) => {
    const PolicySourceArn = `arn:aws:sts::${world.accountId}:assumed-role/some-role/tester`
    return {
      call: () => world.iam(operation, { PolicySourceArn, ActionNames: ['ecr:ListImages'] }),
      values: { arn: PolicySourceArn },
    }
  },
  'IAM *: implicit deny': async world => {
    const { Arn, UserName, credentials } = await world.user()
    const { iam } = world.as(credentials)
    // In place of the ARN, IAM prints what kind of thing it is.
    const values = { 'caller-arn': Arn, resource: `user ${UserName}` }
    return [
      { call: () => iam('GetUser', { UserName }), values: { ...values, Action: 'GetUser' } },
      { call: () => iam('ListAccessKeys', { UserName }), values: { ...values, Action: 'ListAccessKeys' } },
    ]
  },
  'explicit deny by managed policy (2026 wording adds the ARN)': async world => {
    const { Arn, UserName, credentials } = await world.user()
    const PolicyName = world.name()
    const PolicyDocument = document({ ...allow('iam:GetUser'), Effect: 'Deny' })
    const { Policy } = await world.iam('CreatePolicy', { PolicyName, PolicyDocument })
    await world.iam('AttachUserPolicy', { UserName, PolicyArn: Policy.Arn })
    return {
      call: () => world.as(credentials).iam('GetUser', { UserName }),
      values: {
        'caller-arn': Arn,
        Action: 'GetUser',
        resource: `user ${UserName}`,
        acct: world.accountId,
        name: PolicyName,
      },
    }
  },
  'caller lacks permission': async (world, operation) => {
    const { Arn, AccessKeyId, credentials } = await world.user()
    return {
      call: () => world.as(credentials).sts(operation, { AccessKeyId }),
      values: { 'caller-arn': Arn },
    }
  },
}

import { awsManaged } from './aws-managed.ts'

export const PowerUserAccess = awsManaged({
  PolicyName: 'PowerUserAccess',
  PolicyId: 'ANPAJYRXTHIB4FOVS3ZXS',
  Description: 'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
  created: '2015-02-06T18:39:47Z',
  updated: '2023-07-06T22:04:00Z',
  version: 7,
  statements: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: [
        'account:GetAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeEffectivePolicy',
        'organizations:DescribeOrganization',
      ],
      Resource: '*',
    },
  ],
})

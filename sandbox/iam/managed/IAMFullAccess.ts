import { awsManaged } from './aws-managed.ts'

export const IAMFullAccess = awsManaged({
  PolicyName: 'IAMFullAccess',
  PolicyId: 'ANPAI7XKCFMBPM3QQRRVQ',
  Description: 'Provides full access to IAM via the AWS Management Console.',
  created: '2015-02-06T18:40:38Z',
  updated: '2019-06-21T19:40:00Z',
  version: 2,
  statements: [
    {
      Effect: 'Allow',
      Action: [
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListPolicies',
        'organizations:ListTargetsForPolicy',
      ],
      Resource: '*',
    },
  ],
})

import { awsManaged } from './aws-managed.ts'

export const IAMReadOnlyAccess = awsManaged({
  PolicyName: 'IAMReadOnlyAccess',
  PolicyId: 'ANPAJKSO7NDY4T57MWDSQ',
  Description: 'Provides read only access to IAM via the AWS Management Console.',
  created: '2015-02-06T18:40:39Z',
  updated: '2018-01-25T19:11:27Z',
  version: 4,
  statements: [
    {
      Effect: 'Allow',
      Action: [
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ],
      Resource: '*',
    },
  ],
})

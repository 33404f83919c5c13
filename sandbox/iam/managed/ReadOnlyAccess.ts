import { awsManaged } from './aws-managed.ts'

/** A subset: AWS lists some thousand actions here; these are those of the services that the sandbox serves. */
export const ReadOnlyAccess = awsManaged({
  PolicyName: 'ReadOnlyAccess',
  PolicyId: 'ANPAILL3HVNFSB6DCOWYQ',
  Description: 'Provides read-only access to AWS services and resources.',
  created: '2015-02-06T18:39:48Z',
  updated: '2015-02-06T18:39:48Z',
  version: 1,
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
        'ecr:BatchCheck*',
        'ecr:BatchGet*',
        'ecr:Describe*',
        'ecr:Get*',
        'ecr:List*',
        'sts:GetAccessKeyInfo',
        'sts:GetCallerIdentity',
        'sts:GetSessionToken',
      ],
      Resource: '*',
    },
  ],
})

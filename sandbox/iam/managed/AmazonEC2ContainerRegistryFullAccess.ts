import { awsManaged } from './aws-managed.ts'

export const AmazonEC2ContainerRegistryFullAccess = awsManaged({
  PolicyName: 'AmazonEC2ContainerRegistryFullAccess',
  PolicyId: 'ANPAIESRL7KD7IIVF6V4W',
  Description: 'Provides administrative access to Amazon ECR resources',
  created: '2015-12-21T17:06:48Z',
  updated: '2020-12-04T00:22:14Z',
  version: 3,
  statements: [
    { Effect: 'Allow', Action: ['ecr:*', 'cloudtrail:LookupEvents'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: '*',
      Condition: { StringEquals: { 'iam:AWSServiceName': ['replication.ecr.amazonaws.com'] } },
    },
  ],
})

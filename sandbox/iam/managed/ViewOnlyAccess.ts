import { awsManaged } from './aws-managed.ts'

/** A subset: only the actions of the services that the sandbox serves. */
export const ViewOnlyAccess = awsManaged({
  PolicyName: 'ViewOnlyAccess',
  PolicyId: 'ANPAID22R6XPJATWOFDK6',
  Path: '/job-function/',
  Description: 'This policy grants permissions to view resources and basic metadata across all AWS services',
  created: '2016-11-10T17:20:15Z',
  updated: '2016-11-10T17:20:15Z',
  version: 1,
  statements: [
    {
      Effect: 'Allow',
      Action: [
        'ecr:DescribeRepositories',
        'ecr:ListImages',
        'iam:GetAccountSummary',
        'iam:GetLoginProfile',
        'iam:ListAccountAliases',
        'iam:ListAttached*',
        'iam:ListEntitiesForPolicy',
        'iam:ListGroup*',
        'iam:ListInstanceProfiles*',
        'iam:ListPolicies',
        'iam:ListRole*',
        'iam:ListUser*',
      ],
      Resource: '*',
    },
  ],
})

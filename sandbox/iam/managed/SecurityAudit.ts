import { awsManaged } from './aws-managed.ts'

/** A subset: only the actions of the services that the sandbox serves. */
export const SecurityAudit = awsManaged({
  PolicyName: 'SecurityAudit',
  PolicyId: 'ANPAIX2T3QCXHR2OGGCTO',
  Description:
    'The security audit template grants access to read security configuration metadata. It is useful for software that audits the configuration of an AWS account.',
  created: '2015-02-06T18:41:01Z',
  updated: '2015-02-06T18:41:01Z',
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
        'ecr:DescribeImages',
        'ecr:DescribeImageScanFindings',
        'ecr:DescribeRegistry',
        'ecr:DescribeRepositories',
        'ecr:GetLifecyclePolicy',
        'ecr:GetRegistryPolicy',
        'ecr:GetRegistryScanningConfiguration',
        'ecr:GetRepositoryPolicy',
        'ecr:ListImages',
        'ecr:ListTagsForResource',
      ],
      Resource: '*',
    },
  ],
})

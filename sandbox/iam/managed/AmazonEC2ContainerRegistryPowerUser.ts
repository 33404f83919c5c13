import { awsManaged } from './aws-managed.ts'

export const AmazonEC2ContainerRegistryPowerUser = awsManaged({
  PolicyName: 'AmazonEC2ContainerRegistryPowerUser',
  PolicyId: 'ANPAJDNE5PIHROIBGGDDW',
  Description:
    'Provides full access to Amazon EC2 Container Registry repositories, but does not allow repository deletion or policy changes.',
  created: '2015-12-21T17:05:33Z',
  updated: '2019-12-10T20:48:21Z',
  version: 3,
  statements: [
    {
      Effect: 'Allow',
      Action: [
        'ecr:GetAuthorizationToken',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:GetRepositoryPolicy',
        'ecr:DescribeRepositories',
        'ecr:ListImages',
        'ecr:DescribeImages',
        'ecr:BatchGetImage',
        'ecr:GetLifecyclePolicy',
        'ecr:GetLifecyclePolicyPreview',
        'ecr:ListTagsForResource',
        'ecr:DescribeImageScanFindings',
        'ecr:InitiateLayerUpload',
        'ecr:UploadLayerPart',
        'ecr:CompleteLayerUpload',
        'ecr:PutImage',
      ],
      Resource: '*',
    },
  ],
})

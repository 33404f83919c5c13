import { awsManaged } from './aws-managed.ts'

export const AmazonEC2ContainerRegistryReadOnly = awsManaged({
  PolicyName: 'AmazonEC2ContainerRegistryReadOnly',
  PolicyId: 'ANPAIFYZPA37OOHVIH7KQ',
  Description: 'Provides read-only access to Amazon EC2 Container Registry repositories.',
  created: '2015-12-21T17:04:15Z',
  updated: '2019-12-10T20:56:22Z',
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
      ],
      Resource: '*',
    },
  ],
})

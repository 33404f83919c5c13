import { awsManaged } from './aws-managed.ts'

export const AmazonEC2ContainerRegistryPullOnly = awsManaged({
  PolicyName: 'AmazonEC2ContainerRegistryPullOnly',
  PolicyId: 'ANPAZKAPJZG4CMVBTTAQL',
  Description: 'Allows pulling of images from Amazon ECR repositories, with pull through cache.',
  created: '2024-10-09T17:45:34Z',
  updated: '2024-10-09T17:45:34Z',
  version: 1,
  statements: [
    {
      Effect: 'Allow',
      Action: [
        'ecr:GetAuthorizationToken',
        'ecr:BatchImportUpstreamImage',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      Resource: '*',
    },
  ],
})

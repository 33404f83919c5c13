import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { listAt } from './answers.ts'
import { text } from './fields.ts'
import { imageIds, imageIdsOf } from './image-ids.ts'
import { count, singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { reads } from './touch.ts'

export const describeImages = defineStep({
  kind: 'describe-images',
  summary: 'Describe the images of a repository',
  example: { 'repository-name': 'team-a/alpine' },
  effect: 'reads',
  operation: 'ecr:DescribeImages',
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    'image-ids': imageIds.optional(),
    'registry-id': text('Account whose registry it is; default: the caller’s').optional(),
  }),
  touches: fields => reads('repository', fields['repository-name']),
  prepare: fields => {
    const name = fields['repository-name']
    const registryId = fields['registry-id']
    return singleCall({
      operation: 'ecr:DescribeImages',
      input: {
        repositoryName: name,
        registryId,
        imageIds: fields['image-ids'] && imageIdsOf(fields['image-ids']),
      },
      title: name,
      on: place => repositoryArn({ ...place, account: registryId ?? place.account }, name),
      detail: output => count(listAt(output, 'imageDetails').length, 'image'),
    })
  },
})

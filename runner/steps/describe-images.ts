import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { listAt } from './answers.ts'
import { text } from './fields.ts'
import { imageIds, imageIdsOf } from './image-ids.ts'
import { count, singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'

export const describeImages = defineStep({
  kind: 'describe-images',
  summary: 'Describe the images of a repository',
  example: { 'repository-name': 'team-a/alpine' },
  effect: 'reads',
  operation: 'ecr:DescribeImages',
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    'image-ids': imageIds.optional(),
  }),
  prepare: fields => {
    const name = fields['repository-name']
    return singleCall({
      operation: 'ecr:DescribeImages',
      input: {
        repositoryName: name,
        imageIds: fields['image-ids'] && imageIdsOf(fields['image-ids']),
      },
      title: name,
      on: place => repositoryArn(place, name),
      detail: output => count(listAt(output, 'imageDetails').length, 'image'),
    })
  },
})

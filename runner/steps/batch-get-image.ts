import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { listAt } from './answers.ts'
import { text } from './fields.ts'
import { imageIds, imageIdsOf } from './image-ids.ts'
import { count, singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { reads } from './touch.ts'

export const batchGetImage = defineStep({
  kind: 'batch-get-image',
  summary: 'Read the manifests of images',
  example: { 'repository-name': 'team-a/alpine', 'image-ids': [{ 'image-tag': 'v1' }] },
  effect: 'reads',
  operation: 'ecr:BatchGetImage',
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    'image-ids': imageIds,
    'registry-id': text('Account whose registry it is; default: the caller’s').optional(),
  }),
  touches: fields => reads('repository', fields['repository-name']),
  prepare: fields => {
    const name = fields['repository-name']
    const registryId = fields['registry-id']
    return singleCall({
      operation: 'ecr:BatchGetImage',
      input: { repositoryName: name, imageIds: imageIdsOf(fields['image-ids']), registryId },
      title: name,
      on: place => repositoryArn({ ...place, account: registryId ?? place.account }, name),
      detail: output => count(listAt(output, 'images').length, 'image'),
    })
  },
})

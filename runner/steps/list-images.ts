import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { listAt, stringAt } from './answers.ts'
import { int, text } from './fields.ts'
import { count, given, singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { reads } from './touch.ts'

export const listImages = defineStep({
  kind: 'list-images',
  summary: 'List the images of a repository',
  example: { 'repository-name': 'team-a/alpine' },
  effect: 'reads',
  operation: 'ecr:ListImages',
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    filter: z
      .strictObject({ 'tag-status': z.enum(['TAGGED', 'UNTAGGED', 'ANY']).describe('Which images by tag') })
      .optional()
      .describe('Only some of the images'),
    'max-results': int('At most this many', 1).optional(),
    'registry-id': text('Account whose registry it is; default: the caller’s').optional(),
  }),
  touches: fields => reads('repository', fields['repository-name']),
  prepare: fields => {
    const name = fields['repository-name']
    const registryId = fields['registry-id']
    const asked = given({
      repositoryName: name,
      registryId,
      filter: fields.filter && { tagStatus: fields.filter['tag-status'] },
    })
    const call = singleCall({
      operation: 'ecr:ListImages',
      input: {
        ...asked,
        maxResults: fields['max-results'],
      },
      title: name,
      on: place => repositoryArn({ ...place, account: registryId ?? place.account }, name),
      detail: output => {
        const images = listAt(output, 'imageIds')
        const tags = images.flatMap(image => stringAt(image, 'imageTag') ?? [])
        return `${count(images.length, 'image')}${tags.length > 0 ? ` (${tags.slice(0, 3).join(', ')}${tags.length > 3 ? ', ...' : ''})` : ''}`
      },
    })
    return {
      ...call,
      otherwise: async ({ admin }) => {
        const described = await admin.call('ecr:DescribeImages', asked)
        return described.outcome === 'allowed'
          ? { ...described, output: { imageIds: idsOf(described.output) } }
          : described
      },
    }
  },
})

/** ListImages has one entry for each tag of an image, and one for an image without. */
const idsOf = (output: unknown): object[] =>
  listAt(output, 'imageDetails').flatMap(image => {
    const imageDigest = stringAt(image, 'imageDigest')
    const tags = listAt(image, 'imageTags')
    return tags.length === 0 ? [{ imageDigest }] : tags.map(imageTag => ({ imageDigest, imageTag }))
  })

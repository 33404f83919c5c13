import * as z from 'zod'
import { text } from './fields.ts'

/** `image-ids` as the aws CLI has them. */
export const imageIds = z
  .array(
    z.strictObject({
      'image-tag': text('Tag of the image').optional(),
      'image-digest': text('Digest of the image').optional(),
    }),
  )
  .min(1)
  .describe('The images, by tag or digest')

export const imageIdsOf = (ids: z.output<typeof imageIds>): { imageTag?: string; imageDigest?: string }[] =>
  ids.map(({ 'image-tag': imageTag, 'image-digest': imageDigest }) => ({
    ...(imageTag === undefined ? {} : { imageTag }),
    ...(imageDigest === undefined ? {} : { imageDigest }),
  }))

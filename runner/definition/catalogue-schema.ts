import * as z from 'zod'
import { duration } from '../steps/fields.ts'
import { slug, variable } from './lab-schema.ts'

const line = z.string().min(1)
const account = z.string().regex(/^\d{12}$/, 'expected 12 digits in quotes')
const region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'expected a region such as `us-west-2`')
const identity = z
  .string()
  .regex(
    /^(?!admin$)[A-Za-z][\w-]{0,63}$/,
    'expected letters, digits, `-` and `_`, and not `admin`, which is the caller',
  )

/** AWS keeps the one prefix for itself, in any case; the other proves what is ours. */
const tagKey = z
  .string()
  .regex(
    /^(?![aA][wW][sS]:|accesslab:).{1,128}$/,
    'expected 1 to 128 characters that begin neither with `aws:`, which is AWS’s own, nor with `accesslab:`, which is ours',
  )

/** Schema of labs.yaml. */
export const catalogueSchema = z.strictObject({
  labs: z.array(slug).describe('Labs in order; each is the folder `labs/<id>`'),
  pages: z
    .array(
      z.union([
        line,
        z.strictObject({
          page: line.describe('Glob of pages, from the folder of labs.yaml'),
          needs: z.array(slug).optional().describe('Labs whose steps come first'),
          env: z
            .record(variable, z.union([z.string(), z.number(), z.boolean()]))
            .optional()
            .describe('Variables that an absent page would have set'),
        }),
      ]),
    )
    .optional()
    .describe('Workshop pages that join `--all`: globs, or maps with what an absent page would have set'),
  target: z.enum(['sandbox', 'aws']).optional().describe('Where labs run unless told otherwise; default: sandbox'),
  region: region.optional().describe('Default: us-west-2'),
  timings: z
    .strictObject({
      within: duration('An outcome must come within this time; default: 60s').optional(),
      stays: duration('And hold for this time; default: 5s').optional(),
    })
    .optional()
    .describe('Defaults of every step, on targets whose changes take time'),
  identities: z
    .record(identity, z.strictObject({ profile: line.describe('Profile of the AWS configuration') }))
    .optional()
    .describe('Identities besides the caller, for `as:`'),
  guard: z
    .strictObject({
      accounts: z.array(account).optional().describe('The AWS accounts that labs may change; none: no account'),
      regions: z.array(region).optional().describe('The regions that labs may change; none: the region above only'),
      alias: line.nullable().optional().describe('Pattern that the account alias must match: `*sandbox*`'),
    })
    .optional()
    .describe('Nothing is changed on AWS outside of these'),
  created: z
    .strictObject({
      path: z
        .string()
        .regex(/^\/(?:[\x21-\x7e]+\/)?$/, 'expected a path that begins and ends with `/`')
        .optional()
        .describe('IAM path of what is created; default: /'),
      'permissions-boundary': z
        .string()
        .regex(/^arn:/, 'expected the ARN of a policy')
        .nullable()
        .optional()
        .describe('ARN of the boundary of each role and user'),
      tags: z.record(tagKey, z.string()).optional().describe('Tags of all that is created'),
    })
    .optional()
    .describe('Applied to all that a lab creates'),
})

export type CatalogueData = z.output<typeof catalogueSchema>

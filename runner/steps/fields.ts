import * as z from 'zod'

/** A whole-value template stands for a value that is only known at run time. */
const template = z.string().regex(/^\{\{[^{}]+\}\}$/, 'expected a template such as {{vars.n}}')

export const text = (description: string) => z.string().min(1).describe(description)

export const int = (description: string, minimum = 0) =>
  z
    .union([z.int().min(minimum), z.string().regex(/^\d+$/).transform(Number), template.transform(Number)])
    .describe(description)

export const flag = (description: string) =>
  z.union([z.boolean(), template.transform(value => value === 'true')]).describe(description)

/** Which road an image takes. */
export const through = (description: string) => z.enum(['api', 'registry']).describe(description)

/**
 * A policy document: `{ file: policies/trust.json, answer: true }`, inline YAML, or a string. The definition loads files; after templates
 * are resolved a document is its text.
 */
export const document = (description: string) =>
  z
    .union([
      z.string().min(1),
      z
        .strictObject({
          file: z.string().min(1).describe('Path inside the folder of the lab'),
          answer: z.boolean().optional().describe('A participant may write this one'),
        })
        .transform(value => JSON.stringify(value)),
      z.record(z.string(), z.unknown()).transform(value => JSON.stringify(value)),
    ])
    .describe(description)

/** `60s`, `500ms`, `2m`; milliseconds out. */
export const duration = (description: string) =>
  z
    .string()
    .regex(/^(\d+(\.\d+)?)(ms|s|m|h)$/, 'expected a duration such as 500ms, 5s, 2m')
    .transform(milliseconds)
    .describe(description)

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** Milliseconds of `5s`; NaN when it is not a duration. */
export function milliseconds(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value)
  return match?.[1] && match[2] ? Number(match[1]) * (units[match[2]] ?? Number.NaN) : Number.NaN
}

/** Tags of what a step creates: not those that prove it ours. */
export const tags = z
  .record(
    z.string().regex(/^(?!accesslab:)/, 'expected a key that does not begin with `accesslab:`, which is ours'),
    z.string(),
  )
  .describe('Tags beside the ownership tags')

/** `[{ Key, Value }]` of a map of tags, in the order written. */
export const tagList = (tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

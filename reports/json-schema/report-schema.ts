import * as z from 'zod'

const text = z.string()
const nullableText = z.string().nullable()
const count = z.number().int().nonnegative()
const status = z.enum(['passed', 'failed', 'skipped', 'blocked', 'error'])

const policyType = z.enum([
  'identity-based',
  'resource-based',
  'permissions boundary',
  'session policy',
  'service control policy',
  'resource control policy',
  'VPC endpoint policy',
  'role trust policy',
  'network-based',
  'service-based',
])

const denial = z.object({
  code: nullableText,
  operation: nullableText,
  principal: nullableText,
  action: nullableText,
  resource: nullableText,
  decision: z.enum(['implicitDeny', 'explicitDeny']).nullable(),
  policyType: policyType.nullable(),
  policyArn: nullableText,
})

const actual = z.object({
  outcome: z.enum(['allowed', 'denied', 'failed']),
  code: nullableText,
  message: nullableText,
  httpStatus: z.number().int().nullable(),
  requestId: nullableText,
  denial: denial.nullable(),
})

const access = z.object({
  identity: nullableText.describe("its name in the lab; null: the lab's own caller"),
  principal: nullableText.describe('ARN'),
  action: text,
  resource: text.describe('ARN, or *'),
  decision: z.enum(['allowed', 'implicitDeny', 'explicitDeny', 'denied']).describe('denied: AWS does not say how'),
  evidence: z.enum(['observed', 'evaluated']),
  policyType: policyType.nullable().describe('the layer that refused'),
  policyArn: nullableText,
  statements: z
    .array(z.object({ effect: z.enum(['Allow', 'Deny']), policyType, policy: text, statement: text }))
    .nullable()
    .describe("those that decided, from the sandbox's record; null: the target tells nobody"),
})

const step = z.object({
  id: text,
  kind: text,
  title: text,
  as: nullableText.describe('the identity that called; null: the one the run itself has'),
  status: status.describe('blocked and error: not judged, and not the fault of who wrote the policies'),
  evidence: z.enum(['observed', 'evaluated']).describe('evaluated: decided from the policies read'),
  attempts: count,
  startedAt: text.describe('ISO 8601'),
  durationMs: z.number().nonnegative(),
  waitedMs: z
    .number()
    .nonnegative()
    .describe('of durationMs, until the first of the answers that then stayed: what a change took to spread'),
  file: text,
  line: count,
  expected: text,
  actual: actual.nullable().describe('null: not run'),
  output: z.unknown(),
  access: z.array(access).describe('what the answer says of who may do what'),
  changed: z.object({ type: text, name: text }).nullable().describe('what it made or changed'),
  diff: z.array(z.object({ field: text, expected: text, actual: text })),
  hint: nullableText,
  points: z.number().nullable().describe('null: not graded'),
  maxPoints: z.number().nonnegative(),
  visibility: z.enum(['hidden', 'after']).optional(),
})

const lab = z.object({
  id: text,
  title: text,
  status,
  setUp: z.boolean().describe('true: only needed by another lab, not graded here'),
  points: z.number().nullable(),
  maxPoints: z.number().nonnegative(),
  minimum: z.number().optional(),
  steps: z.array(step),
})

/** The JSON report, as `--json` and `--report json=` write it; members to come are no error. */
export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('accesslab'), version: text }),
  runId: text,
  command: z.enum(['run', 'verify']),
  target: z.enum(['sandbox', 'aws']),
  accountId: text,
  region: text,
  startedAt: z.string().describe('ISO 8601'),
  durationMs: z.number().nonnegative(),
  exitCode: z.number().int(),
  labs: z.array(lab),
  leftovers: z.array(z.object({ type: text, name: text, arn: nullableText, runId: text })),
})

/** The published JSON Schema, draft-07. */
export function reportJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, { target: 'draft-7', io: 'input' })
  return { $schema, title: 'A report of AccessLab', ...rest }
}

import * as z from 'zod'
import { policyTypes } from '../../assertions/index.ts'
import { duration } from '../steps/fields.ts'
import type { StepKind } from '../steps/step-kind.ts'
import type { CommonKey } from './common-keys.ts'

const line = z.string().min(1)
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected lower-case letters, digits and hyphens, such as `team-a-denied`')
const word = z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'expected letters, digits, `-` and `_`, beginning with a letter')
export const variable = z.string().regex(/^[A-Za-z_]\w{0,127}$/, 'expected a variable name such as `ECR_REPO_A`')
const plain = line.regex(/^(?!.*\{\{)/s, 'expected text without templates')
const probe = z.string().regex(/^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/, 'expected `lab/step`')

const denyFields = z
  .strictObject({
    action: line.optional().describe('The action that is refused: `ecr:ListImages`'),
    principal: line.optional().describe('ARN of the caller, as AWS prints it'),
    resource: line.optional().describe('ARN of the resource'),
    code: line.optional().describe('The error code: `AccessDeniedException`'),
    decision: z
      .enum(['implicitDeny', 'explicitDeny'])
      .optional()
      .describe('Refused because nothing allows it, or because a statement denies it'),
    'policy-type': z.enum(policyTypes).optional().describe('The type of policy that AWS names as the reason'),
    text: line.optional().describe("AWS's sentence or a part of it, pasted"),
    sentence: line
      .optional()
      .describe("AWS's sentence or a part of it, word for word: another wording of the same decision fails"),
  })
  .meta({ minProperties: 1 })

const common = {
  id: slug.optional().describe('Name of the step in this lab; default: its kind'),
  as: word
    .optional()
    .describe(
      'Identity that makes the call: one made by an earlier step, `partner`, or one of labs.yaml; default: the caller',
    ),
  identity: word.optional().describe('Name for the credentials that this step makes; later steps say `as:` this name'),
  allow: z
    .record(z.string(), z.unknown())
    .nullable()
    .optional()
    .describe('The call must be allowed; the map is a part of the output that must be there'),
  deny: z
    .union([line, denyFields])
    .optional()
    .describe("The call must be denied for this reason: AWS's sentence or a part of it, pasted, or a map of fields"),
  error: z
    .strictObject({
      code: line.describe("AWS's error code: `MalformedPolicyDocument`"),
      message: line.optional().describe('The message; `*` stands for anything'),
    })
    .optional()
    .describe('The call must fail with this error, which is not a denial'),
  within: duration('On AWS: the outcome must come within this time; default: `timings` of labs.yaml').optional(),
  stays: duration('On AWS: and hold for this time; default: `timings` of labs.yaml').optional(),
  points: z.number().min(0).max(10_000).optional().describe('Points that the step is worth'),
  visibility: z
    .enum(['shown', 'hidden', 'after'])
    .optional()
    .describe('Whether a participant sees the verdict: always, never, or after the deadline'),
  hint: line.optional().describe('Shown when the step does not come out as expected'),
  supersedes: z
    .array(probe)
    .min(1)
    .optional()
    .describe(
      'Probes of needed labs and earlier steps of this one, `lab/step`, whose outcome or state this step changes',
    ),
} satisfies Record<CommonKey, z.ZodType>

/** Schema of one step: the common keys and one key for each kind. That exactly one kind stands there is checked apart, for a better text. */
function stepSchema(kinds: readonly StepKind[]) {
  const fields = Object.fromEntries(
    kinds.map(({ kind, summary, example, schema }) => [
      kind,
      schema.meta({ id: kind, description: summary, examples: [example] }).optional(),
    ]),
  )
  return z.strictObject({ ...common, ...fields })
}

type LabSchema = ReturnType<typeof makeLabSchema>
const made = new WeakMap<readonly StepKind[], LabSchema>()

/** Schema of lab.yaml for these step kinds: what the loader checks and what `schema/lab.schema.json` is made from. */
export function labSchema(kinds: readonly StepKind[]): LabSchema {
  const schema = made.get(kinds) ?? makeLabSchema(kinds)
  made.set(kinds, schema)
  return schema
}

function makeLabSchema(kinds: readonly StepKind[]) {
  const step = stepSchema(kinds)
  const group = z.array(step).min(1).optional().describe('Steps that run together')
  return z.strictObject({
    id: slug.describe('Name of the lab: the name of its folder'),
    title: line.describe('One line that says what the lab is about'),
    description: line.optional().describe('What a participant learns, in a few sentences'),
    source: line.optional().describe('The document that the lab comes from'),
    needs: z.array(slug).optional().describe('Labs whose steps come first, done once and not graded here'),
    names: z.record(word, plain).optional().describe('Names of what the lab creates: `{{names.role}}`'),
    vars: z.record(word, z.unknown()).optional().describe('Values that `--var` may change: `{{vars.retention}}`'),
    env: z.record(variable, z.string()).optional().describe('Variables for the commands of a participant'),
    steps: z
      .array(step.extend({ parallel: group }))
      .min(1)
      .describe('Done in this order'),
    minimum: z.number().min(0).optional().describe('Points needed to pass'),
  })
}

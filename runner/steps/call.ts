import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { accountsNamed } from './accounts-named.ts'
import { listAt, outputOf } from './answers.ts'
import { type Called, touchesOfCall } from './call-touches.ts'
import { cliLine } from './cli-line.ts'
import { text } from './fields.ts'
import { localFailure } from './local-outcome.ts'
import { goneWithRepository } from './repository-state.ts'
import { given } from './single-call.ts'
import { type Aws, type AwsPlace, defineStep, type StepContext, type Undone } from './step-kind.ts'

const apiCall = {
  service: z.enum(['ecr', 'iam', 'sts']).describe('The service'),
  operation: text('The operation, as AWS spells it: `DescribeRepositories`').regex(
    /^[A-Z][A-Za-z0-9]+$/,
    'expected an operation such as DescribeRepositories',
  ),
  input: z.record(z.string(), z.unknown()).optional().describe("The operation's input, AWS's own member names"),
}

/** Operations that change nothing: these words begin their names in ECR, IAM and STS. */
const reading = /^(Get|List|Describe|BatchGet|BatchCheck|Simulate|Decode|Validate)/
/** Sent twice, these leave what they leave once. PutImage refuses an image that is there. */
const setting = /^(Put(?!Image$)|Set|Attach|Update|Tag)/

/** These leave nothing behind; an upload that nobody completes is listed nowhere, and ends by itself. */
const removing = /^(Delete|BatchDelete|Remove|Detach|Untag|Deregister|InitiateLayerUpload$|UploadLayerPart$)/

/** Without `undo:` it is looked whether its repository is gone, and no more. */
const undoTouches = ({ undo }: { undo?: Called | undefined }) => (undo ? touchesOfCall(undo, false) : [])

export const call = defineStep({
  kind: 'call',
  summary: 'Any other operation of ECR, IAM or STS by name; a change needs `undo:` to be torn down',
  example: {
    service: 'iam',
    operation: 'TagRole',
    input: { RoleName: 'ecr_access_teama_role', Tags: [{ Key: 'team', Value: 'team-a' }] },
    undo: {
      service: 'iam',
      operation: 'UntagRole',
      input: { RoleName: 'ecr_access_teama_role', TagKeys: ['team'] },
    },
  },
  effect: 'changes',
  schema: z.strictObject({
    ...apiCall,
    undo: z.strictObject(apiCall).optional().describe('The call that takes it back'),
  }),
  touches: fields => {
    const done = touchesOfCall(fields, reading.test(fields.operation))
    const undone = undoTouches(fields)
    return done && undone && [...done, ...undone]
  },
  undoTouches,
  prepare: fields => {
    const name = `${fields.service}:${fields.operation}`
    const input = fields.input ?? {}
    const reads = reading.test(fields.operation)
    const { undo } = fields
    const request = requestOf(fields.service, name, input)
    return {
      effect: reads ? 'reads' : 'changes',
      recorded: { service: fields.service, operation: fields.operation, ...(undo ? { undo } : {}) },
      title: fields.operation,
      actions: [name],
      permissions: place => {
        const run = [{ action: name, resource: '*' }]
        const about = reads ? null : request?.(place).resource
        const look = about ? [{ action: 'ecr:DescribeRepositories', resource: about }] : []
        return {
          run,
          verify: reads ? run : [],
          undo: undo ? [{ action: `${undo.service}:${undo.operation}`, resource: '*' }] : look,
        }
      },
      commands: () => [cliLine(name, input)],
      resource: place =>
        reads || removing.test(fields.operation)
          ? null
          : { type: 'call', name, arn: request?.(place).resource ?? null, part: true },
      request,
      reaches: [...accountsNamed(input), ...accountsNamed(undo?.input)],
      repeatable: setting.test(fields.operation),
      ...(name === 'ecr:BatchDeleteImage' ? deletesImages(input) : {}),
      run: async ({ aws }) => {
        const outcome = await aws.call(name, input)
        return { outcome, remember: { answered: Object.keys(outputOf(outcome)) } }
      },
      undo: async ({ admin }, { resource }): Promise<Undone> =>
        undo
          ? takeBack(admin, `${undo.service}:${undo.operation}`, undo.input ?? {})
          : ((await goneWithItsRepository(admin, resource.arn)) ?? {
              result: 'left',
              outcome: localFailure('NoUndo', `\`${name}\` has no \`undo:\`, so nothing takes it back`),
            }),
    }
  },
})

/** Where none of the images is there, it answers the same however often it is sent. */
const deletesImages = ({ registryId, repositoryName, imageIds }: Record<string, unknown>) => ({
  before: async ({ admin }: StepContext) => {
    const outcome = await admin.call('ecr:BatchGetImage', given({ registryId, repositoryName, imageIds }))
    return outcome.outcome === 'allowed' ? { there: listAt(outcome.output, 'images').length } : null
  },
  wasSo: (before: Readonly<Record<string, unknown>>) => before.there === 0,
})

/** The request that an operation on one repository is decided by; undefined where the resource does not follow from the input alone. */
function requestOf(
  service: string,
  action: string,
  { repositoryName, registryId, resourceArn }: Record<string, unknown>,
) {
  if (service === 'ecr' && typeof resourceArn === 'string') return () => ({ action, resource: resourceArn })
  if (service !== 'ecr' || typeof repositoryName !== 'string') return undefined
  return (place: AwsPlace) => {
    const account = typeof registryId === 'string' ? registryId : place.account
    return { action, resource: repositoryArn({ ...place, account }, repositoryName) }
  }
}

/** What a call did to a repository is gone when the repository is. null: it is there, or the call was about something else. */
async function goneWithItsRepository(aws: Aws, arn: string | null): Promise<Undone | null> {
  const [, registryId, name] = /^arn:[^:]+:ecr:[^:]+:(\d{12}):repository\/([^*]+)$/.exec(arn ?? '') ?? []
  if (registryId === undefined || name === undefined) return null
  return goneWithRepository(await aws.call('ecr:DescribeRepositories', { registryId, repositoryNames: [name] }))
}

async function takeBack(aws: Aws, operation: string, input: Record<string, unknown>): Promise<Undone> {
  const outcome = await aws.call(operation, input)
  if (outcome.outcome === 'allowed') return { result: 'gone' }
  return /NoSuchEntity|NotFound/.test(outcome.outcome === 'failed' ? outcome.code : '')
    ? { result: 'gone', note: outcome.message }
    : { result: 'left', outcome }
}

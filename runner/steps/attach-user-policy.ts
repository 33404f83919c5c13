import * as z from 'zod'
import { attachmentStep } from './attachment.ts'
import { text } from './fields.ts'
import { defineStep } from './step-kind.ts'
import { readsPolicy, writes } from './touch.ts'

export const attachUserPolicy = defineStep({
  kind: 'attach-user-policy',
  summary: 'Attach a managed policy to a user; undone by detaching it',
  example: { 'user-name': 'fcj-ecr-ci-cd-user', 'policy-arn': '{{steps.policy.Policy.Arn}}' },
  effect: 'changes',
  operation: 'iam:AttachUserPolicy',
  schema: z.strictObject({ 'user-name': text('Name of the user'), 'policy-arn': text('ARN of the managed policy') }),
  touches: fields => [...writes('user', fields['user-name']), ...readsPolicy(fields['policy-arn'])],
  prepare: fields =>
    attachmentStep('Attach', { entity: 'User', name: fields['user-name'], policyArn: fields['policy-arn'] }),
})

import * as z from 'zod'
import { attachmentStep } from './attachment.ts'
import { text } from './fields.ts'
import { defineStep } from './step-kind.ts'
import { readsPolicy, writes } from './touch.ts'

export const detachRolePolicy = defineStep({
  kind: 'detach-role-policy',
  summary: 'Detach a managed policy from a role; undone by attaching it again',
  example: { 'role-name': 'ecr_access_teama_role', 'policy-arn': '{{steps.policy.Policy.Arn}}' },
  effect: 'changes',
  operation: 'iam:DetachRolePolicy',
  schema: z.strictObject({ 'role-name': text('Name of the role'), 'policy-arn': text('ARN of the managed policy') }),
  touches: fields => [...writes('role', fields['role-name']), ...readsPolicy(fields['policy-arn'])],
  prepare: fields =>
    attachmentStep('Detach', { entity: 'Role', name: fields['role-name'], policyArn: fields['policy-arn'] }),
})

import * as z from 'zod'
import { document, text } from './fields.ts'
import { inlinePolicyStep } from './inline-policy.ts'
import { defineStep } from './step-kind.ts'
import { writes } from './touch.ts'

export const putRolePolicy = defineStep({
  kind: 'put-role-policy',
  summary: 'Put an inline policy on a role; undone by deleting it or putting the former one back',
  example: {
    'role-name': 'ecr_access_teama_role',
    'policy-name': 'pull',
    'policy-document': { file: 'policies/pull.json' },
  },
  effect: 'changes',
  operation: 'iam:PutRolePolicy',
  documents: { 'policy-document': 'inline' },
  schema: z.strictObject({
    'role-name': text('Name of the role'),
    'policy-name': text('Name of the inline policy'),
    'policy-document': document('The policy'),
  }),
  touches: fields => writes('role', fields['role-name']),
  prepare: fields =>
    inlinePolicyStep({
      entity: 'Role',
      name: fields['role-name'],
      policyName: fields['policy-name'],
      document: fields['policy-document'],
    }),
})

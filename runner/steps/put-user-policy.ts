import * as z from 'zod'
import { document, text } from './fields.ts'
import { inlinePolicyStep } from './inline-policy.ts'
import { defineStep } from './step-kind.ts'
import { writes } from './touch.ts'

export const putUserPolicy = defineStep({
  kind: 'put-user-policy',
  summary: 'Put an inline policy on a user; undone by deleting it or putting the former one back',
  example: {
    'user-name': 'fcj-ecr-ci-cd-user',
    'policy-name': 'pull',
    'policy-document': { file: 'policies/pull.json' },
  },
  effect: 'changes',
  operation: 'iam:PutUserPolicy',
  documents: { 'policy-document': 'inline' },
  schema: z.strictObject({
    'user-name': text('Name of the user'),
    'policy-name': text('Name of the inline policy'),
    'policy-document': document('The policy'),
  }),
  touches: fields => writes('user', fields['user-name']),
  prepare: fields =>
    inlinePolicyStep({
      entity: 'User',
      name: fields['user-name'],
      policyName: fields['policy-name'],
      document: fields['policy-document'],
    }),
})

import { z } from 'zod'
import { document, duration, int, text } from '../../../runner/steps/fields.ts'
import { defineStep, type StepKind } from '../../../runner/steps/step-kind.ts'

const never = () => {
  throw new Error('a definition never runs a step')
}

const prepared = {
  title: '',
  actions: [],
  permissions: () => ({ run: [], verify: [], undo: [] }),
  commands: () => [],
  resource: () => null,
  run: never,
}

const called = {
  service: z.enum(['ecr', 'iam', 'sts']),
  operation: text('The operation'),
  input: z.record(z.string(), z.unknown()).optional(),
}

/** Small kinds with every sort of field that a definition meets. */
export const kinds: readonly StepKind[] = [
  defineStep({
    kind: 'create-role',
    summary: 'Create a role',
    example: { 'role-name': 'r' },
    effect: 'changes',
    operation: 'iam:CreateRole',
    schema: z.strictObject({
      'role-name': text('Name of the role'),
      'assume-role-policy-document': document('The trust policy'),
      'max-session-duration': int('Seconds', 900).optional(),
      tags: z.record(z.string(), z.string()).optional(),
    }),
    touches: () => null,
    prepare: () => prepared,
  }),
  defineStep({
    kind: 'assume-role',
    summary: 'Assume a role',
    example: { 'role-arn': 'arn' },
    effect: 'session',
    operation: 'sts:AssumeRole',
    schema: z.strictObject({ 'role-arn': text('ARN of the role'), 'policy-arns': z.array(text('ARN')).optional() }),
    touches: () => null,
    prepare: () => prepared,
  }),
  defineStep({
    kind: 'list-images',
    summary: 'List images',
    example: { 'repository-name': 'team-a/alpine' },
    effect: 'reads',
    operation: 'ecr:ListImages',
    schema: z.strictObject({
      'repository-name': text('Name of the repository'),
      filter: z.strictObject({ 'tag-status': z.enum(['TAGGED', 'UNTAGGED', 'ANY']) }).optional(),
    }),
    touches: () => null,
    prepare: () => prepared,
  }),
  defineStep({
    kind: 'whoami',
    summary: 'Nothing to say',
    example: {},
    effect: 'reads',
    schema: z.strictObject({ identity: text('Name of an identity').optional() }),
    touches: () => null,
    prepare: () => prepared,
  }),
  defineStep({
    kind: 'call',
    summary: 'Any operation',
    example: { service: 'ecr', operation: 'DescribeRepositories' },
    effect: 'changes',
    schema: z.strictObject({ ...called, undo: z.strictObject(called).optional() }),
    touches: () => null,
    prepare: () => prepared,
  }),
  defineStep({
    kind: 'wait',
    summary: 'Wait',
    example: '5s',
    effect: 'local',
    schema: duration('How long'),
    touches: () => null,
    prepare: () => prepared,
  }),
]

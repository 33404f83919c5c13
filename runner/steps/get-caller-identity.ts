import * as z from 'zod'
import { stringAt } from './answers.ts'
import { singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'

export const getCallerIdentity = defineStep({
  kind: 'get-caller-identity',
  summary: 'Ask AWS who the caller is; needs no permission',
  example: {},
  effect: 'reads',
  operation: 'sts:GetCallerIdentity',
  schema: z.strictObject({}),
  touches: () => [],
  prepare: () => ({
    ...singleCall({
      operation: 'sts:GetCallerIdentity',
      input: {},
      title: '',
      on: () => '*',
      detail: output => stringAt(output, 'Arn') ?? undefined,
    }),
    permissions: () => ({ run: [], verify: [], undo: [] }),
  }),
})

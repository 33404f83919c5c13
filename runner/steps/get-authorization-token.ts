import * as z from 'zod'
import { listAt, stringAt } from './answers.ts'
import { singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'

export const getAuthorizationToken = defineStep({
  kind: 'get-authorization-token',
  summary: 'Ask for the token that docker logs in to the registry with',
  example: {},
  effect: 'reads',
  operation: 'ecr:GetAuthorizationToken',
  schema: z.strictObject({}),
  touches: () => [],
  prepare: () =>
    singleCall({
      operation: 'ecr:GetAuthorizationToken',
      input: {},
      title: '',
      on: () => '*',
      detail: output => stringAt(listAt(output, 'authorizationData')[0], 'proxyEndpoint') ?? undefined,
    }),
})

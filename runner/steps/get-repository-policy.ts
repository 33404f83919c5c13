import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { text } from './fields.ts'
import { singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { reads } from './touch.ts'

export const getRepositoryPolicy = defineStep({
  kind: 'get-repository-policy',
  summary: "Read a repository's policy",
  example: { 'repository-name': 'team-a/alpine' },
  effect: 'reads',
  operation: 'ecr:GetRepositoryPolicy',
  schema: z.strictObject({ 'repository-name': text('Name of the repository') }),
  touches: fields => reads('repository', fields['repository-name']),
  prepare: fields =>
    singleCall({
      operation: 'ecr:GetRepositoryPolicy',
      input: { repositoryName: fields['repository-name'] },
      title: fields['repository-name'],
      on: place => repositoryArn(place, fields['repository-name']),
    }),
})

import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { listAt } from './answers.ts'
import { text } from './fields.ts'
import { count, singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { reads } from './touch.ts'

export const describeRepositories = defineStep({
  kind: 'describe-repositories',
  summary: 'Describe repositories, all of the registry or those named',
  example: { 'repository-names': ['team-a/alpine'] },
  effect: 'reads',
  operation: 'ecr:DescribeRepositories',
  schema: z.strictObject({
    'repository-names': z.array(text('Name of a repository')).optional().describe('Only these'),
    'registry-id': text('Account whose registry it is; default: the caller’s').optional(),
  }),
  touches: fields =>
    fields['repository-names']
      ? reads('repository', ...fields['repository-names'])
      : [{ type: 'repository', name: '*', access: 'list' }],
  prepare: fields => {
    const names = fields['repository-names']
    return singleCall({
      operation: 'ecr:DescribeRepositories',
      input: { repositoryNames: names, registryId: fields['registry-id'] },
      title: names?.join(' ') ?? '',
      on: place => repositoryArn({ ...place, account: fields['registry-id'] ?? place.account }, names?.[0] ?? '*'),
      detail: output => {
        const found = listAt(output, 'repositories').length
        return found === 1 ? '1 repository' : count(found, 'repository')
      },
    })
  },
})

import * as z from 'zod'
import { repositoryArn } from '../aws/arns.ts'
import { hasCode } from './answers.ts'
import { text } from './fields.ts'
import { policyBefore, restorePolicy } from './repository-policy.ts'
import { singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { writes } from './touch.ts'

export const deleteRepositoryPolicy = defineStep({
  kind: 'delete-repository-policy',
  summary: "Delete a repository's policy; undone by putting it back",
  example: { 'repository-name': 'team-a/alpine' },
  effect: 'changes',
  operation: 'ecr:DeleteRepositoryPolicy',
  schema: z.strictObject({ 'repository-name': text('Name of the repository') }),
  touches: fields => writes('repository', fields['repository-name']),
  prepare: fields => {
    const name = fields['repository-name']
    return {
      ...singleCall({
        operation: 'ecr:DeleteRepositoryPolicy',
        input: { repositoryName: name },
        title: name,
        on: place => repositoryArn(place, name),
      }),
      permissions: place => {
        const on = (...actions: string[]) => actions.map(action => ({ action, resource: repositoryArn(place, name) }))
        return {
          run: on('ecr:DeleteRepositoryPolicy', 'ecr:GetRepositoryPolicy', 'ecr:DescribeRepositories'),
          verify: on('ecr:GetRepositoryPolicy'),
          undo: on('ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy', 'ecr:SetRepositoryPolicy'),
        }
      },
      resource: place => ({ type: 'repository policy', name, arn: repositoryArn(place, name), part: true }),
      before: ({ admin }) => policyBefore(admin, name),
      verify: async ({ admin }) => {
        const outcome = await admin.call('ecr:GetRepositoryPolicy', { repositoryName: name })
        if (hasCode(outcome, 'RepositoryPolicyNotFound')) return { state: 'present', output: {} }
        if (hasCode(outcome, 'RepositoryNotFound')) return { state: 'absent', outcome }
        if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
        const differences = [{ field: 'policyText', expected: 'no repository policy', actual: 'a repository policy' }]
        return { state: 'differs', output: outcome.output, differences }
      },
      undo: ({ admin }, record) => restorePolicy(admin, name, null, record),
    }
  },
})

import * as z from 'zod'
import type { Difference } from '../../assertions/index.ts'
import { repositoryArn } from '../aws/arns.ts'
import { at, hasCode, stringAt } from './answers.ts'
import { cliLine } from './cli-line.ts'
import { tagList, tags, text } from './fields.ts'
import { foreseenFault } from './foreseen-fault.ts'
import { createdAtOf, ownsRepository, readRepository, unprovenRepository } from './repository-state.ts'
import { given, singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { sweepOf } from './sweep.ts'
import { writes } from './touch.ts'

/** As ECR's own refusal quotes it. */
const nameForm = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/

export const createRepository = defineStep({
  kind: 'create-repository',
  summary: 'Create a private ECR repository; undone by deleting it with its images',
  example: { 'repository-name': 'team-a/alpine' },
  effect: 'changes',
  operation: 'ecr:CreateRepository',
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    'image-tag-mutability': z.enum(['MUTABLE', 'IMMUTABLE']).optional().describe('Whether a tag may move'),
    tags: tags.optional(),
  }),
  sweep: sweepOf({
    list: 'ecr:DescribeRepositories',
    member: 'repositories',
    tags: {
      operation: 'ecr:ListTagsForResource',
      input: repository => ({ resourceArn: stringAt(repository, 'repositoryArn') }),
      member: 'tags',
    },
    createdAt: repository => at(repository, 'createdAt'),
    describe: repository => {
      const name = stringAt(repository, 'repositoryName') ?? ''
      return {
        fields: { 'repository-name': name },
        resource: { type: 'repository', name, arn: stringAt(repository, 'repositoryArn'), part: false },
      }
    },
  }),
  touches: fields => writes('repository', fields['repository-name']),
  prepare: fields => {
    const name = fields['repository-name']
    const mutability = fields['image-tag-mutability']
    const input = given({ repositoryName: name, imageTagMutability: mutability })
    const withTags = (tags: Readonly<Record<string, string>>) => ({
      ...input,
      tags: tagList({ ...tags, ...fields.tags }),
    })
    return {
      ...singleCall({ operation: 'ecr:CreateRepository', input, title: name, on: place => repositoryArn(place, name) }),
      actions: ['ecr:CreateRepository', 'ecr:TagResource'],
      permissions: place => {
        const on = (...actions: string[]) => actions.map(action => ({ action, resource: repositoryArn(place, name) }))
        return {
          run: on('ecr:CreateRepository', 'ecr:TagResource', 'ecr:DescribeRepositories'),
          verify: on('ecr:DescribeRepositories', 'ecr:ListTagsForResource'),
          undo: on('ecr:DescribeRepositories', 'ecr:ListTagsForResource', 'ecr:DeleteRepository'),
        }
      },
      commands: () => [cliLine('ecr:CreateRepository', fields.tags ? withTags({}) : input)],
      resource: place => ({ type: 'repository', name, arn: repositoryArn(place, name), part: false }),
      run: async ({ aws, created }) => {
        const outcome = await aws.call('ecr:CreateRepository', withTags(created.tags))
        const repository =
          outcome.outcome === 'allowed' ? (outcome.output as { repository?: unknown }).repository : null
        return { outcome, remember: { uniqueId: createdAtOf(repository), arn: stringAt(repository, 'repositoryArn') } }
      },
      refused: async () =>
        nameForm.test(name)
          ? null
          : foreseenFault({
              code: 'InvalidParameterException',
              status: 400,
              message: `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '${nameForm.source.slice(1, -1)}''`,
            }),
      verify: async ({ admin, place }) => {
        const found = await readRepository(admin, place, name)
        if (found.state !== 'present') return found
        const actual = stringAt(found.repository, 'imageTagMutability')
        const differences: Difference[] =
          mutability && actual !== mutability
            ? [{ field: 'imageTagMutability', expected: mutability, actual: actual ?? 'absent' }]
            : []
        const seen = { output: { repository: found.repository }, uniqueId: found.createdAt, tags: found.tags }
        return differences.length > 0 ? { state: 'differs', differences, ...seen } : { state: 'present', ...seen }
      },
      undo: async ({ admin, place }, record) => {
        const found = await readRepository(admin, place, name)
        if (found.state === 'absent') return { result: 'gone' }
        if (found.state === 'unread') return { result: 'left', outcome: found.outcome }
        const unproven = unprovenRepository(found, record)
        if (unproven) return unproven
        if (!ownsRepository(found, record))
          return { result: 'foreign', note: `repository \`${name}\` does not carry this run's tag and creation time` }
        const outcome = await admin.call('ecr:DeleteRepository', { repositoryName: name, force: true })
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'RepositoryNotFound')) return { result: 'left', outcome }
        const after = await readRepository(admin, place, name)
        return after.state === 'absent' ? { result: 'gone' } : { result: 'left', outcome }
      },
    }
  },
})

import * as z from 'zod'
import { iamArn } from '../aws/arns.ts'
import { at, hasCode, stringAt } from './answers.ts'
import { cliLine } from './cli-line.ts'
import { tagList, tags, text } from './fields.ts'
import { given, singleCall } from './single-call.ts'
import { type AwsPlace, defineStep } from './step-kind.ts'
import { sweepOf } from './sweep.ts'
import { readsPolicy, writes } from './touch.ts'
import { clearingUser, clearUser, obstaclesOfUser, ownsUser, readUser } from './user-state.ts'

export const createUser = defineStep({
  kind: 'create-user',
  summary: 'Create an IAM user; undone by deleting it with its keys and policies',
  example: { 'user-name': 'fcj-ecr-ci-cd-user' },
  effect: 'changes',
  operation: 'iam:CreateUser',
  schema: z.strictObject({
    'user-name': text('Name of the user'),
    path: text('Path of the user; default: `created.path` of labs.yaml').optional(),
    'permissions-boundary': text('ARN of a managed policy that bounds the user').optional(),
    tags: tags.optional(),
  }),
  sweep: sweepOf({
    list: 'iam:ListUsers',
    member: 'Users',
    tags: {
      operation: 'iam:ListUserTags',
      input: user => ({ UserName: stringAt(user, 'UserName') }),
      member: 'Tags',
    },
    createdAt: user => at(user, 'CreateDate'),
    describe: user => {
      const name = stringAt(user, 'UserName') ?? ''
      return {
        fields: { 'user-name': name },
        resource: { type: 'user', name, arn: stringAt(user, 'Arn'), part: false },
      }
    },
  }),
  touches: fields => [...writes('user', fields['user-name']), ...readsPolicy(fields['permissions-boundary'])],
  prepare: fields => {
    const name = fields['user-name']
    const input = given({ UserName: name, Path: fields.path, PermissionsBoundary: fields['permissions-boundary'] })
    const on = (place: AwsPlace, path = '/') => iamArn(place, 'user', fields.path ?? path, name)
    return {
      ...singleCall({ operation: 'iam:CreateUser', input, title: name, on: place => on(place) }),
      actions: ['iam:CreateUser', 'iam:TagUser'],
      permissions: place => {
        const allow = (...actions: string[]) => actions.map(action => ({ action, resource: on(place) }))
        return {
          run: allow('iam:CreateUser', 'iam:TagUser', 'iam:GetUser'),
          verify: allow('iam:GetUser'),
          undo: allow('iam:GetUser', ...clearingUser, 'iam:DeleteUser'),
          spare: [
            ...allow(...obstaclesOfUser),
            { action: 'iam:RemoveUserFromGroup', resource: iamArn(place, 'group', '/', '*') },
          ],
        }
      },
      commands: () => [cliLine('iam:CreateUser', fields.tags ? { ...input, Tags: tagList(fields.tags) } : input)],
      resource: (place, created) => ({ type: 'user', name, arn: on(place, created?.path), part: false }),
      run: async ({ aws, created }) => {
        const outcome = await aws.call('iam:CreateUser', {
          ...given({ Path: created.path, PermissionsBoundary: created.permissionsBoundary ?? undefined }),
          ...input,
          Tags: tagList({ ...created.tags, ...fields.tags }),
        })
        const user = outcome.outcome === 'allowed' ? (outcome.output as { User?: unknown }).User : null
        return { outcome, remember: { uniqueId: stringAt(user, 'UserId'), arn: stringAt(user, 'Arn') } }
      },
      verify: async ({ admin }) => {
        const found = await readUser(admin, name)
        if (found.state !== 'present') return found
        const seen = { output: { User: found.user }, uniqueId: found.userId, tags: found.tags }
        const expected = fields['permissions-boundary']
        const actual = stringAt(found.user, 'PermissionsBoundary', 'PermissionsBoundaryArn')
        return expected === undefined || expected === actual
          ? { state: 'present', ...seen }
          : {
              state: 'differs',
              differences: [{ field: 'PermissionsBoundary', expected, actual: actual ?? 'none' }],
              ...seen,
            }
      },
      undo: async ({ admin }, record) => {
        const found = await readUser(admin, name)
        if (found.state === 'absent') return { result: 'gone' }
        if (found.state === 'unread') return { result: 'left', outcome: found.outcome }
        if (!ownsUser(found, record))
          return { result: 'foreign', note: `user \`${name}\` is not the one this run created (${found.userId})` }
        const obstacle = await clearUser(admin, name)
        if (obstacle) return { result: 'left', outcome: obstacle }
        const outcome = await admin.call('iam:DeleteUser', { UserName: name })
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return { result: 'left', outcome }
        const after = await readUser(admin, name)
        return after.state === 'absent' ? { result: 'gone' } : { result: 'left', outcome }
      },
    }
  },
})

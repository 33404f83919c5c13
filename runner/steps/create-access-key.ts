import * as z from 'zod'
import { hasCode, listAt, stringAt } from './answers.ts'
import { entityArn } from './attachment.ts'
import { entityBefore } from './entity-of-the-run.ts'
import { text } from './fields.ts'
import { singleCall } from './single-call.ts'
import { type AwsPlace, type Done, defineStep } from './step-kind.ts'
import { writes } from './touch.ts'
import { ownsUser, readUser } from './user-state.ts'

export const createAccessKey = defineStep({
  kind: 'create-access-key',
  summary: 'Create an access key of a user; `identity:` gives it a name for later steps; undone by deleting it',
  example: { 'user-name': 'fcj-ecr-ci-cd-user' },
  effect: 'changes',
  operation: 'iam:CreateAccessKey',
  schema: z.strictObject({ 'user-name': text('Name of the user') }),
  touches: fields => writes('user', fields['user-name']),
  prepare: fields => {
    const UserName = fields['user-name']
    const on = (place: AwsPlace) => entityArn(place, 'User', UserName)
    const call = singleCall({ operation: 'iam:CreateAccessKey', input: { UserName }, title: UserName, on })
    return {
      ...call,
      // A key's secret is shown once: a later process cannot have it, only a new key.
      ofTheRun: true,
      permissions: place => {
        const allow = (...actions: string[]) => actions.map(action => ({ action, resource: on(place) }))
        return {
          run: [...allow('iam:CreateAccessKey', 'iam:ListAccessKeys'), { action: 'iam:GetUser', resource: on(place) }],
          verify: allow('iam:ListAccessKeys'),
          undo: allow('iam:DeleteAccessKey', 'iam:ListAccessKeys', 'iam:GetUser'),
        }
      },
      resource: () => ({ type: 'access key', name: UserName, arn: null, part: true }),
      before: async ({ admin }) => {
        const [outcome, who] = await Promise.all([
          admin.call('iam:ListAccessKeys', { UserName }),
          entityBefore(admin, 'User', UserName),
        ])
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return null
        const keys = outcome.outcome === 'allowed' ? listAt(outcome.output, 'AccessKeyMetadata') : []
        return { keys: keys.flatMap(key => stringAt(key, 'AccessKeyId') ?? []), ...who }
      },
      run: async (context): Promise<Done> => {
        const { outcome } = await call.run(context)
        if (outcome.outcome !== 'allowed') return { outcome }
        const accessKeyId = stringAt(outcome.output, 'AccessKey', 'AccessKeyId') ?? ''
        const secretAccessKey = stringAt(outcome.output, 'AccessKey', 'SecretAccessKey') ?? ''
        const user = await context.admin.call('iam:GetUser', { UserName })
        const arn = stringAt(user.outcome === 'allowed' ? user.output : null, 'User', 'Arn') ?? on(context.place)
        return { outcome, remember: { accessKeyId }, identity: { arn, credentials: { accessKeyId, secretAccessKey } } }
      },
      foreseenIdentity: place => ({ member: 'AccessKey', arn: on(place) }),
      actsAs: async ({ admin }) => {
        const user = await admin.call('iam:GetUser', { UserName })
        return user.outcome === 'allowed' ? stringAt(user.output, 'User', 'Arn') : null
      },
      verify: async ({ admin }) => {
        const outcome = await admin.call('iam:ListAccessKeys', { UserName })
        if (hasCode(outcome, 'NoSuchEntity')) return { state: 'absent', outcome }
        if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
        return listAt(outcome.output, 'AccessKeyMetadata').length > 0
          ? { state: 'present', output: {} }
          : { state: 'differs', output: {}, differences: [{ field: 'AccessKeys', expected: 'a key', actual: 'none' }] }
      },
      undo: async ({ admin }, record) => {
        const known = stringAt(record.remember, 'accessKeyId')
        const before = new Set(listAt(record.before, 'keys'))
        const ours = async () => {
          const outcome = await admin.call('iam:ListAccessKeys', { UserName })
          const keys = outcome.outcome === 'allowed' ? listAt(outcome.output, 'AccessKeyMetadata') : []
          const there = keys.flatMap(key => stringAt(key, 'AccessKeyId') ?? [])
          return { outcome, keys: there.filter(key => (known === null ? !before.has(key) : key === known)) }
        }
        const { outcome: listed, keys } = await ours()
        if (hasCode(listed, 'NoSuchEntity')) return { result: 'gone', note: 'gone with its user' }
        if (listed.outcome !== 'allowed') return { result: 'left', outcome: listed }
        if (keys.length === 0) return { result: 'gone' }
        // Without an answer the id was never known: only of a user of ours is it sure that what was not there before came with this call.
        if (known === null) {
          const user = await readUser(admin, UserName)
          if (!ownsUser(user, { ...record, remember: null }))
            return { result: 'left', outcome: listed, note: `which key of \`${UserName}\` this run made is not known` }
        }
        for (const AccessKeyId of keys) {
          const outcome = await admin.call('iam:DeleteAccessKey', { UserName, AccessKeyId })
          if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return { result: 'left', outcome }
        }
        const after = await ours()
        const unread = after.outcome.outcome !== 'allowed' && !hasCode(after.outcome, 'NoSuchEntity')
        return unread || after.keys.length > 0 ? { result: 'left', outcome: after.outcome } : { result: 'gone' }
      },
    }
  },
})

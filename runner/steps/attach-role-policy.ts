import { z } from 'zod'
import { iamArn, nameOfArn } from '../aws/arns.ts'
import { at, hasCode } from './answers.ts'
import { text } from './fields.ts'
import { attachedBefore, readAttachment } from './role-attachment.ts'
import { singleCall } from './single-call.ts'
import { type AwsPlace, defineStep } from './step-kind.ts'

export const attachRolePolicy = defineStep({
  kind: 'attach-role-policy',
  summary: 'Attach a managed policy to a role; undone by detaching it',
  example: { 'role-name': 'ecr_access_teama_role', 'policy-arn': '{{steps.policy.Policy.Arn}}' },
  effect: 'changes',
  operation: 'iam:AttachRolePolicy',
  schema: z.strictObject({ 'role-name': text('Name of the role'), 'policy-arn': text('ARN of the managed policy') }),
  prepare: fields => {
    const RoleName = fields['role-name']
    const PolicyArn = fields['policy-arn']
    const on = (place: AwsPlace) => iamArn(place, 'role', '/', RoleName)
    return {
      ...singleCall({
        operation: 'iam:AttachRolePolicy',
        input: { RoleName, PolicyArn },
        title: `${RoleName}  ${nameOfArn(PolicyArn)}`,
        on,
      }),
      permissions: place => {
        const list = { action: 'iam:ListAttachedRolePolicies', resource: on(place) }
        return {
          run: [{ action: 'iam:AttachRolePolicy', resource: on(place) }, list],
          verify: [list],
          undo: [{ action: 'iam:DetachRolePolicy', resource: on(place) }, list],
        }
      },
      resource: () => ({ type: 'attachment', name: `${RoleName} ${nameOfArn(PolicyArn)}`, arn: PolicyArn, part: true }),
      before: ({ admin }) => attachedBefore(admin, RoleName, PolicyArn),
      verify: async ({ admin }) => {
        const found = await readAttachment(admin, RoleName, PolicyArn)
        if (found.state === 'attached') return { state: 'present', output: {} }
        if (found.state !== 'detached') return found
        const differences = [
          { field: `AttachedPolicies of ${RoleName}`, expected: nameOfArn(PolicyArn), actual: 'not attached' },
        ]
        return { state: 'differs', output: {}, differences }
      },
      undo: async ({ admin }, record) => {
        if (at(record.before, 'attached') === true) return { result: 'gone', note: 'it was attached before' }
        const outcome = await admin.call('iam:DetachRolePolicy', { RoleName, PolicyArn })
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return { result: 'left', outcome }
        const after = await readAttachment(admin, RoleName, PolicyArn)
        return after.state === 'detached' || after.state === 'absent' ? { result: 'gone' } : { result: 'left', outcome }
      },
    }
  },
})

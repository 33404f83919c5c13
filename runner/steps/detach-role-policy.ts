import { z } from 'zod'
import { iamArn, nameOfArn } from '../aws/arns.ts'
import { at, hasCode } from './answers.ts'
import { text } from './fields.ts'
import { attachedBefore, readAttachment } from './role-attachment.ts'
import { singleCall } from './single-call.ts'
import { type AwsPlace, defineStep } from './step-kind.ts'

export const detachRolePolicy = defineStep({
  kind: 'detach-role-policy',
  summary: 'Detach a managed policy from a role; undone by attaching it again',
  example: { 'role-name': 'ecr_access_teama_role', 'policy-arn': '{{steps.policy.Policy.Arn}}' },
  effect: 'changes',
  operation: 'iam:DetachRolePolicy',
  schema: z.strictObject({ 'role-name': text('Name of the role'), 'policy-arn': text('ARN of the managed policy') }),
  prepare: fields => {
    const RoleName = fields['role-name']
    const PolicyArn = fields['policy-arn']
    const on = (place: AwsPlace) => iamArn(place, 'role', '/', RoleName)
    return {
      ...singleCall({
        operation: 'iam:DetachRolePolicy',
        input: { RoleName, PolicyArn },
        title: `${RoleName}  ${nameOfArn(PolicyArn)}`,
        on,
      }),
      permissions: place => {
        const list = { action: 'iam:ListAttachedRolePolicies', resource: on(place) }
        return {
          run: [{ action: 'iam:DetachRolePolicy', resource: on(place) }, list],
          verify: [list],
          undo: [{ action: 'iam:AttachRolePolicy', resource: on(place) }, list],
        }
      },
      resource: () => ({ type: 'detachment', name: `${RoleName} ${nameOfArn(PolicyArn)}`, arn: PolicyArn, part: true }),
      before: ({ admin }) => attachedBefore(admin, RoleName, PolicyArn),
      verify: async ({ admin }) => {
        const found = await readAttachment(admin, RoleName, PolicyArn)
        if (found.state === 'detached') return { state: 'present', output: {} }
        if (found.state !== 'attached') return found
        const differences = [
          { field: `AttachedPolicies of ${RoleName}`, expected: `not ${nameOfArn(PolicyArn)}`, actual: 'attached' },
        ]
        return { state: 'differs', output: {}, differences }
      },
      undo: async ({ admin }, record) => {
        if (at(record.before, 'attached') !== true) return { result: 'gone', note: 'it was not attached before' }
        const outcome = await admin.call('iam:AttachRolePolicy', { RoleName, PolicyArn })
        if (hasCode(outcome, 'NoSuchEntity')) return { result: 'gone', note: 'gone with its role or policy' }
        return outcome.outcome === 'allowed' ? { result: 'gone', note: 'attached again' } : { result: 'left', outcome }
      },
    }
  },
})

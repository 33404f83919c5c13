import * as z from 'zod'
import { nameOfArn } from '../aws/arns.ts'
import { hasCode, stringAt } from './answers.ts'
import { entityArn } from './attachment.ts'
import { otherEntity } from './entity-of-the-run.ts'
import { text } from './fields.ts'
import { readRole } from './role-state.ts'
import { singleCall } from './single-call.ts'
import { type AwsPlace, defineStep } from './step-kind.ts'
import { readsPolicy, writes } from './touch.ts'

export const putRolePermissionsBoundary = defineStep({
  kind: 'put-role-permissions-boundary',
  summary: 'Bound a role by a managed policy; undone by putting back the former boundary, or none',
  example: { 'role-name': 'ecr_access_teama_role', 'permissions-boundary': '{{steps.boundary.Policy.Arn}}' },
  effect: 'changes',
  operation: 'iam:PutRolePermissionsBoundary',
  schema: z.strictObject({
    'role-name': text('Name of the role'),
    'permissions-boundary': text('ARN of the managed policy that bounds it'),
  }),
  touches: fields => [...writes('role', fields['role-name']), ...readsPolicy(fields['permissions-boundary'])],
  prepare: fields => {
    const RoleName = fields['role-name']
    const PermissionsBoundary = fields['permissions-boundary']
    const on = (place: AwsPlace) => entityArn(place, 'Role', RoleName)
    const boundaryOf = (role: Record<string, unknown>) =>
      stringAt(role, 'PermissionsBoundary', 'PermissionsBoundaryArn')
    return {
      ...singleCall({
        operation: 'iam:PutRolePermissionsBoundary',
        input: { RoleName, PermissionsBoundary },
        title: `${RoleName}  ${nameOfArn(PermissionsBoundary)}`,
        on,
      }),
      permissions: place => {
        const allow = (...actions: string[]) => actions.map(action => ({ action, resource: on(place) }))
        return {
          run: allow('iam:PutRolePermissionsBoundary', 'iam:GetRole'),
          verify: allow('iam:GetRole'),
          undo: allow('iam:GetRole'),
          spare: allow('iam:PutRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary'),
        }
      },
      resource: () => ({ type: 'permissions boundary', name: RoleName, arn: PermissionsBoundary, part: true }),
      repeatable: true,
      wasSo: before => before.boundary === PermissionsBoundary,
      before: async ({ admin }) => {
        const found = await readRole(admin, RoleName)
        if (found.state === 'present') return { boundary: boundaryOf(found.role), entityId: found.roleId }
        return found.state === 'absent' ? { boundary: null, entityId: null } : null
      },
      verify: async ({ admin }) => {
        const found = await readRole(admin, RoleName)
        if (found.state !== 'present') return found
        const actual = boundaryOf(found.role)
        if (actual === PermissionsBoundary) return { state: 'present', output: {} }
        const differences = [{ field: 'PermissionsBoundary', expected: PermissionsBoundary, actual: actual ?? 'none' }]
        return { state: 'differs', output: {}, differences }
      },
      undo: async ({ admin }, record) => {
        const other = await otherEntity(admin, 'Role', RoleName, record)
        if (other) return other
        const former = stringAt(record.before, 'boundary')
        const found = await readRole(admin, RoleName)
        if (found.state === 'absent') return { result: 'gone', note: 'gone with its role' }
        if (found.state === 'unread') return { result: 'left', outcome: found.outcome }
        const now = boundaryOf(found.role)
        if (now === former) return { result: 'gone' }
        if (now !== PermissionsBoundary)
          return { result: 'foreign', note: `the boundary of \`${RoleName}\` was changed by somebody since: it stays` }
        const outcome =
          former === null
            ? await admin.call('iam:DeleteRolePermissionsBoundary', { RoleName })
            : await admin.call('iam:PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: former })
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return { result: 'left', outcome }
        const after = await readRole(admin, RoleName)
        const undone = after.state === 'absent' || (after.state === 'present' && boundaryOf(after.role) === former)
        return undone ? { result: 'gone' } : { result: 'left', outcome }
      },
    }
  },
})

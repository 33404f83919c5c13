import * as z from 'zod'
import type { Difference } from '../../assertions/index.ts'
import { meansTheSame, validateTrustPolicy } from '../../policy/index.ts'
import { iamArn } from '../aws/arns.ts'
import { at, hasCode, stringAt } from './answers.ts'
import { cliLine } from './cli-line.ts'
import { document, int, tagList, tags, text } from './fields.ts'
import { foreseenFault } from './foreseen-fault.ts'
import { clearRole, decodeDocument, ownsRole, readRole } from './role-state.ts'
import { given, singleCall } from './single-call.ts'
import { type AwsPlace, defineStep } from './step-kind.ts'
import { sweepOf } from './sweep.ts'
import { readsNamed, readsPolicy, writes } from './touch.ts'

/** A principal that IAM does not know yet: recorded text of CreateRole and UpdateAssumeRolePolicy while a role propagates. */
const unknownPrincipal = /Invalid principal in policy/

export const createRole = defineStep({
  kind: 'create-role',
  summary: 'Create an IAM role; undone by deleting it with all that was hung on it',
  example: {
    'role-name': 'ecr_access_teama_role',
    'assume-role-policy-document': { file: 'policies/trust.json' },
  },
  effect: 'changes',
  operation: 'iam:CreateRole',
  documents: { 'assume-role-policy-document': 'trust' },
  schema: z.strictObject({
    'role-name': text('Name of the role'),
    'assume-role-policy-document': document('The trust policy: who may assume the role'),
    path: text('Path of the role; default: `created.path` of labs.yaml').optional(),
    description: text('Description').optional(),
    'max-session-duration': int('Longest session in seconds', 3600).optional(),
    'permissions-boundary': text('ARN of a managed policy that bounds the role').optional(),
    tags: tags.optional(),
  }),
  sweep: sweepOf({
    list: 'iam:ListRoles',
    member: 'Roles',
    tags: {
      operation: 'iam:ListRoleTags',
      input: role => ({ RoleName: stringAt(role, 'RoleName') }),
      member: 'Tags',
    },
    createdAt: role => at(role, 'CreateDate'),
    describe: role => {
      const name = stringAt(role, 'RoleName') ?? ''
      return {
        fields: { 'role-name': name, 'assume-role-policy-document': '{}' },
        resource: { type: 'role', name, arn: stringAt(role, 'Arn'), part: false },
      }
    },
  }),
  touches: fields => [
    ...writes('role', fields['role-name']),
    ...readsNamed(fields['assume-role-policy-document']),
    ...readsPolicy(fields['permissions-boundary']),
  ],
  prepare: fields => {
    const name = fields['role-name']
    const trust = fields['assume-role-policy-document']
    const input = given({
      RoleName: name,
      AssumeRolePolicyDocument: trust,
      Path: fields.path,
      Description: fields.description,
      MaxSessionDuration: fields['max-session-duration'],
      PermissionsBoundary: fields['permissions-boundary'],
    })
    const anyPath = (place: AwsPlace, path = '/') => iamArn(place, 'role', fields.path ?? path, name)
    return {
      ...singleCall({ operation: 'iam:CreateRole', input, title: name, on: place => anyPath(place) }),
      actions: ['iam:CreateRole', 'iam:TagRole'],
      permissions: place => {
        const on = (...actions: string[]) => actions.map(action => ({ action, resource: anyPath(place) }))
        return {
          run: on('iam:CreateRole', 'iam:TagRole', 'iam:GetRole'),
          verify: on('iam:GetRole'),
          undo: on(
            'iam:GetRole',
            'iam:ListAttachedRolePolicies',
            'iam:ListRolePolicies',
            'iam:ListInstanceProfilesForRole',
            'iam:DeleteRole',
          ),
          spare: [
            ...on('iam:DetachRolePolicy', 'iam:DeleteRolePolicy'),
            { action: 'iam:RemoveRoleFromInstanceProfile', resource: iamArn(place, 'instance-profile', '/', '*') },
          ],
        }
      },
      commands: () => [cliLine('iam:CreateRole', fields.tags ? { ...input, Tags: tagList(fields.tags) } : input)],
      resource: (place, created) => ({ type: 'role', name, arn: anyPath(place, created?.path), part: false }),
      run: async ({ aws, created }) => {
        const outcome = await aws.call('iam:CreateRole', {
          ...given({ Path: created.path, PermissionsBoundary: created.permissionsBoundary ?? undefined }),
          ...input,
          Tags: tagList({ ...created.tags, ...fields.tags }),
        })
        const role = outcome.outcome === 'allowed' ? (outcome.output as { Role?: unknown }).Role : null
        return { outcome, remember: { uniqueId: stringAt(role, 'RoleId'), arn: stringAt(role, 'Arn') } }
      },
      refused: async () => foreseenFault(validateTrustPolicy(trust)),
      verify: async ({ admin }) => {
        const found = await readRole(admin, name)
        if (found.state !== 'present') return found
        const compared = meansTheSame(trust, decodeDocument(found.role.AssumeRolePolicyDocument), 'trust')
        const differences: Difference[] = compared.differences.map(({ path, ...sides }) => ({
          field: `AssumeRolePolicyDocument ${path}`,
          ...sides,
        }))
        for (const [field, expected] of [
          ['MaxSessionDuration', fields['max-session-duration']],
          ['PermissionsBoundary', fields['permissions-boundary']],
        ] as const) {
          const boundary = stringAt(found.role, 'PermissionsBoundary', 'PermissionsBoundaryArn')
          const actual = field === 'PermissionsBoundary' ? boundary : found.role[field]
          if (expected !== undefined && actual !== expected)
            differences.push({ field, expected: String(expected), actual: String(actual ?? 'absent') })
        }
        const seen = { output: { Role: found.role }, uniqueId: found.roleId, tags: found.tags }
        return differences.length > 0 ? { state: 'differs', differences, ...seen } : { state: 'present', ...seen }
      },
      undo: async ({ admin }, record) => {
        const found = await readRole(admin, name)
        if (found.state === 'absent') return { result: 'gone' }
        if (found.state === 'unread') return { result: 'left', outcome: found.outcome }
        if (!ownsRole(found, record))
          return { result: 'foreign', note: `role \`${name}\` is not the one this run created (${found.roleId})` }
        const obstacle = await clearRole(admin, name)
        if (obstacle) return { result: 'left', outcome: obstacle }
        const outcome = await admin.call('iam:DeleteRole', { RoleName: name })
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return { result: 'left', outcome }
        const after = await readRole(admin, name)
        return after.state === 'absent' ? { result: 'gone' } : { result: 'left', outcome }
      },
      propagating: outcome => outcome.outcome === 'failed' && unknownPrincipal.test(outcome.message),
    }
  },
})

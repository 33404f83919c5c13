import type { Outcome } from '../../assertions/index.ts'
import { paged } from '../aws/paged.ts'
import { hasCode, listAt, stringAt, tagsOf } from './answers.ts'
import type { Aws, ChangeRecord } from './step-kind.ts'

export type RoleState =
  | { state: 'present'; role: Record<string, unknown>; roleId: string | null; tags: Record<string, string> }
  | { state: 'absent'; outcome: Outcome }
  | { state: 'unread'; outcome: Outcome }

export async function readRole(aws: Aws, RoleName: string): Promise<RoleState> {
  const outcome = await aws.call('iam:GetRole', { RoleName })
  if (hasCode(outcome, 'NoSuchEntity')) return { state: 'absent', outcome }
  if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
  const role = (outcome.output as { Role: Record<string, unknown> }).Role
  return { state: 'present', role, roleId: stringAt(role, 'RoleId'), tags: tagsOf(role.Tags) ?? {} }
}

/** The RoleId decides where the creating call was answered; a crash before the answer leaves the run's tag as the proof. */
export function ownsRole(state: RoleState, record: ChangeRecord): boolean {
  if (state.state !== 'present') return false
  const known = stringAt(record.remember, 'uniqueId')
  return known === null ? state.tags['accesslab:run'] === record.runId : known === state.roleId
}

/**
 * Takes out of a role of ours whatever keeps it from being deleted: managed policies are detached (not deleted), inline policies deleted,
 * instance profiles left. The first call that fails is the answer; null: nothing stands in the way.
 */
export async function clearRole(aws: Aws, RoleName: string): Promise<Outcome | null> {
  const obstacles = [
    {
      list: 'iam:ListAttachedRolePolicies',
      member: 'AttachedPolicies',
      remove: (found: unknown) =>
        aws.call('iam:DetachRolePolicy', { RoleName, PolicyArn: stringAt(found, 'PolicyArn') }),
    },
    {
      list: 'iam:ListRolePolicies',
      member: 'PolicyNames',
      remove: (found: unknown) => aws.call('iam:DeleteRolePolicy', { RoleName, PolicyName: found }),
    },
    {
      list: 'iam:ListInstanceProfilesForRole',
      member: 'InstanceProfiles',
      remove: (found: unknown) =>
        aws.call('iam:RemoveRoleFromInstanceProfile', {
          RoleName,
          InstanceProfileName: stringAt(found, 'InstanceProfileName'),
        }),
    },
  ]
  const failures = await Promise.all(
    obstacles.map(async ({ list, member, remove }) => {
      const found = await paged(aws, list, { RoleName }, member)
      if (found.outcome !== 'allowed') return hasCode(found, 'NoSuchEntity') ? null : found
      for (const obstacle of listAt(found.output, member)) {
        const outcome = await remove(obstacle)
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return outcome
      }
      return null
    }),
  )
  return failures.find(failure => failure !== null) ?? null
}

/** IAM gives documents percent-encoded (RFC 3986). */
export const decodeDocument = (encoded: unknown): string => {
  if (typeof encoded !== 'string') return ''
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

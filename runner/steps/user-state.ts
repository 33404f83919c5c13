import type { Outcome } from '../../assertions/index.ts'
import { paged } from '../aws/paged.ts'
import { hasCode, listAt, stringAt, tagsOf } from './answers.ts'
import type { Aws, ChangeRecord } from './step-kind.ts'

export type UserState =
  | { state: 'present'; user: Record<string, unknown>; userId: string | null; tags: Record<string, string> }
  | { state: 'absent'; outcome: Outcome }
  | { state: 'unread'; outcome: Outcome }

export async function readUser(aws: Aws, UserName: string): Promise<UserState> {
  const outcome = await aws.call('iam:GetUser', { UserName })
  if (hasCode(outcome, 'NoSuchEntity')) return { state: 'absent', outcome }
  if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
  const user = (outcome.output as { User: Record<string, unknown> }).User
  return { state: 'present', user, userId: stringAt(user, 'UserId'), tags: tagsOf(user.Tags) ?? {} }
}

/** The UserId decides where the creating call was answered; a crash before the answer leaves the run's tag as the proof. */
export function ownsUser(state: UserState, record: ChangeRecord): boolean {
  if (state.state !== 'present') return false
  const known = stringAt(record.remember, 'uniqueId')
  return known === null ? state.tags['accesslab:run'] === record.runId : known === state.userId
}

interface Obstacle {
  list: string
  member: string
  remove: string
  /** What to send besides the user's name, of what was listed. */
  which: (found: unknown) => Record<string, unknown>
}

const obstacles: readonly Obstacle[] = [
  {
    list: 'iam:ListAccessKeys',
    member: 'AccessKeyMetadata',
    remove: 'iam:DeleteAccessKey',
    which: found => ({ AccessKeyId: stringAt(found, 'AccessKeyId') }),
  },
  {
    list: 'iam:ListAttachedUserPolicies',
    member: 'AttachedPolicies',
    remove: 'iam:DetachUserPolicy',
    which: found => ({ PolicyArn: stringAt(found, 'PolicyArn') }),
  },
  {
    list: 'iam:ListUserPolicies',
    member: 'PolicyNames',
    remove: 'iam:DeleteUserPolicy',
    which: found => ({ PolicyName: found }),
  },
  {
    list: 'iam:ListGroupsForUser',
    member: 'Groups',
    remove: 'iam:RemoveUserFromGroup',
    which: found => ({ GroupName: stringAt(found, 'GroupName') }),
  },
]

/** The actions that clearUser needs on the user where nothing stands in the way, and those for what does. A group is left by a permission on it. */
export const clearingUser = [...obstacles.map(({ list }) => list), 'iam:DeleteLoginProfile']
export const obstaclesOfUser = obstacles
  .map(({ remove }) => remove)
  .filter(remove => remove !== 'iam:RemoveUserFromGroup')

/** Takes out of a user of ours what keeps it from being deleted. The first call that fails is the answer; null: nothing stands in the way. */
export async function clearUser(aws: Aws, UserName: string): Promise<Outcome | null> {
  const clear = async ({ list, member, remove, which }: Obstacle): Promise<Outcome | null> => {
    const found = await paged(aws, list, { UserName }, member)
    if (found.outcome !== 'allowed') return hasCode(found, 'NoSuchEntity') ? null : found
    for (const each of listAt(found.output, member)) {
      const outcome = await aws.call(remove, { UserName, ...which(each) })
      if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) return outcome
    }
    return null
  }
  const failures = await Promise.all(obstacles.map(clear))
  const login = await aws.call('iam:DeleteLoginProfile', { UserName })
  const refused = login.outcome === 'allowed' || hasCode(login, 'NoSuchEntity') ? null : login
  return failures.find(failure => failure !== null) ?? refused
}

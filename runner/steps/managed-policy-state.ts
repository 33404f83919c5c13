import type { Outcome } from '../../assertions/index.ts'
import { paged } from '../aws/paged.ts'
import { hasCode, listAt, stringAt, tagsOf } from './answers.ts'
import { localFailure } from './local-outcome.ts'
import { decodeDocument } from './role-state.ts'
import type { Aws, ChangeRecord } from './step-kind.ts'

export type ManagedPolicyState =
  | {
      state: 'present'
      policy: Record<string, unknown>
      policyId: string | null
      tags: Record<string, string>
      /** The default version's text. */
      document: string
    }
  | { state: 'absent'; outcome: Outcome }
  | { state: 'unread'; outcome: Outcome }

export async function readManagedPolicy(aws: Aws, PolicyArn: string): Promise<ManagedPolicyState> {
  const outcome = await aws.call('iam:GetPolicy', { PolicyArn })
  if (hasCode(outcome, 'NoSuchEntity')) return { state: 'absent', outcome }
  if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
  const policy = (outcome.output as { Policy: Record<string, unknown> }).Policy
  const version = await aws.call('iam:GetPolicyVersion', { PolicyArn, VersionId: policy.DefaultVersionId })
  if (version.outcome !== 'allowed') return { state: 'unread', outcome: version }
  const { Document } = (version.output as { PolicyVersion: { Document?: unknown } }).PolicyVersion
  return {
    state: 'present',
    policy,
    policyId: stringAt(policy, 'PolicyId'),
    tags: tagsOf(policy.Tags) ?? {},
    document: decodeDocument(Document),
  }
}

/** The policy of a name, wherever it lies: an account has one of a name, whatever its path. */
export async function findManagedPolicy(aws: Aws, name: string): Promise<ManagedPolicyState> {
  const listed = await paged(aws, 'iam:ListPolicies', { Scope: 'Local' }, 'Policies')
  if (listed.outcome !== 'allowed') return { state: 'unread', outcome: listed }
  const arn = listAt(listed.output, 'Policies').flatMap(policy =>
    stringAt(policy, 'PolicyName') === name ? (stringAt(policy, 'Arn') ?? []) : [],
  )[0]
  if (arn !== undefined) return readManagedPolicy(aws, arn)
  const message = `there is no policy \`${name}\`, under whichever path`
  return { state: 'absent', outcome: localFailure('NoSuchEntity', message) }
}

export function ownsManagedPolicy(state: ManagedPolicyState, record: ChangeRecord): boolean {
  if (state.state !== 'present') return false
  const known = stringAt(record.remember, 'uniqueId')
  return known === null ? state.tags['accesslab:run'] === record.runId : known === state.policyId
}

const holders = ['Role', 'User', 'Group'] as const

const entitiesOf = (aws: Aws, PolicyArn: string, PolicyUsageFilter: string): Promise<Outcome> =>
  paged(aws, 'iam:ListEntitiesForPolicy', { PolicyArn, PolicyUsageFilter }, ...holders.map(kind => `Policy${kind}s`))

/**
 * Why IAM keeps a policy that is attached nowhere: others chose it as their permissions boundary. Taking that off them would widen what they
 * may do, so that it is said, and not done.
 */
export async function boundaryOf(aws: Aws, PolicyArn: string): Promise<string | null> {
  const bounded = await entitiesOf(aws, PolicyArn, 'PermissionsBoundary')
  if (bounded.outcome !== 'allowed') return null
  const names = holders.flatMap(kind =>
    listAt(bounded.output, `Policy${kind}s`).map(
      entity => `${kind.toLowerCase()} \`${stringAt(entity, `${kind}Name`)}\``,
    ),
  )
  if (names.length === 0) return null
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return `it is the permissions boundary of ${names.slice(0, 3).join(', ')}${more}: give that another, or delete it (\`lab teardown --orphans\` finds what is ours), then tear down again`
}

/** Detaches a policy of ours everywhere and deletes its versions but the default, so that it can be deleted. */
export async function clearManagedPolicy(aws: Aws, PolicyArn: string): Promise<Outcome | null> {
  const entities = await entitiesOf(aws, PolicyArn, 'PermissionsPolicy')
  if (entities.outcome !== 'allowed') return hasCode(entities, 'NoSuchEntity') ? null : entities
  const detachments = holders.flatMap(kind =>
    listAt(entities.output, `Policy${kind}s`).map(entity =>
      aws.call(`iam:Detach${kind}Policy`, { [`${kind}Name`]: stringAt(entity, `${kind}Name`), PolicyArn }),
    ),
  )
  const versions = await paged(aws, 'iam:ListPolicyVersions', { PolicyArn }, 'Versions')
  if (versions.outcome !== 'allowed') return versions
  const deletions = listAt(versions.output, 'Versions')
    .filter(version => (version as { IsDefaultVersion?: unknown }).IsDefaultVersion !== true)
    .map(version => aws.call('iam:DeletePolicyVersion', { PolicyArn, VersionId: stringAt(version, 'VersionId') }))
  const outcomes = await Promise.all([...detachments, ...deletions])
  return outcomes.find(outcome => outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) ?? null
}

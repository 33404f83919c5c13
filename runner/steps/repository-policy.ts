import { hasCode, stringAt } from './answers.ts'
import { goneWithRepository, otherRepository, repositoryBefore } from './repository-state.ts'
import { sameDocument } from './same-document.ts'
import type { Aws, ChangeRecord, Undone } from './step-kind.ts'

/** The repository policy's text, null where there is none (or no repository). */
async function currentPolicy(aws: Aws, repositoryName: string): Promise<{ policyText: string | null } | null> {
  const outcome = await aws.call('ecr:GetRepositoryPolicy', { repositoryName })
  if (outcome.outcome === 'allowed') return { policyText: stringAt(outcome.output, 'policyText') }
  return hasCode(outcome, 'RepositoryPolicyNotFound', 'RepositoryNotFound') ? { policyText: null } : null
}

/** What putting a policy back will need; null where the policy cannot be read. */
export async function policyBefore(aws: Aws, repositoryName: string): Promise<Record<string, unknown> | null> {
  const [policy, repositoryCreatedAt] = await Promise.all([
    currentPolicy(aws, repositoryName),
    repositoryBefore(aws, repositoryName),
  ])
  return policy && { ...policy, repositoryCreatedAt }
}

/**
 * Puts a repository's policy back as it was before the step: the former text, or none. What somebody set there afterwards is neither ours
 * nor the former state, so it stays.
 *
 * @param ours the text this step left there; null: it left none
 */
export async function restorePolicy(
  aws: Aws,
  repositoryName: string,
  ours: string | null,
  record: ChangeRecord,
): Promise<Undone> {
  const other = await otherRepository(aws, repositoryName, record)
  if (other) return other
  const former = stringAt(record.before, 'policyText')
  const now = await aws.call('ecr:GetRepositoryPolicy', { repositoryName })
  const gone = goneWithRepository(now)
  if (gone) return gone
  if (now.outcome !== 'allowed' && !hasCode(now, 'RepositoryPolicyNotFound')) return { result: 'left', outcome: now }
  const present = now.outcome === 'allowed' ? stringAt(now.output, 'policyText') : null
  if (samePolicy(present, former)) return { result: 'gone' }
  if (!samePolicy(present, ours))
    return { result: 'foreign', note: `the policy of \`${repositoryName}\` was changed by somebody since: it stays` }
  const outcome =
    former === null
      ? await aws.call('ecr:DeleteRepositoryPolicy', { repositoryName })
      : await aws.call('ecr:SetRepositoryPolicy', { repositoryName, policyText: former, force: true })
  if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'RepositoryPolicyNotFound'))
    return goneWithRepository(outcome) ?? { result: 'left', outcome }
  const after = await currentPolicy(aws, repositoryName)
  return after && samePolicy(stringAt(after, 'policyText'), former)
    ? { result: 'gone', ...(former === null ? {} : { note: 'the former policy is back' }) }
    : { result: 'left', outcome }
}

export const samePolicy = (a: string | null, b: string | null): boolean => sameDocument(a, b, 'repository')

import type { Outcome } from '../../assertions/index.ts'
import { repositoryArn } from '../aws/arns.ts'
import { hasCode, listAt, stringAt, tagsOf } from './answers.ts'
import { type Aws, type AwsPlace, type ChangeRecord, type Undone, unknownBefore } from './step-kind.ts'

/** What a read of a repository found. */
export type RepositoryState =
  | {
      state: 'present'
      repository: unknown
      /** null: they cannot be read, and `tagsRead` says why. */
      tags: Record<string, string> | null
      tagsRead: Outcome
      createdAt: string | null
    }
  | { state: 'absent'; outcome: Outcome }
  | { state: 'unread'; outcome: Outcome }

/** Reads a repository with its tags. A repository has no unique id: its creation time stands for one. */
export async function readRepository(aws: Aws, place: AwsPlace, name: string): Promise<RepositoryState> {
  const outcome = await aws.call('ecr:DescribeRepositories', { repositoryNames: [name] })
  if (hasCode(outcome, 'RepositoryNotFound')) return { state: 'absent', outcome }
  if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
  const repository = listAt(outcome.output, 'repositories')[0]
  const arn = stringAt(repository, 'repositoryArn') ?? repositoryArn(place, name)
  const tags = await aws.call('ecr:ListTagsForResource', { resourceArn: arn })
  if (hasCode(tags, 'RepositoryNotFound')) return { state: 'absent', outcome: tags }
  return {
    state: 'present',
    repository,
    tags: tags.outcome === 'allowed' ? tagsOf(listAt(tags.output, 'tags')) : null,
    tagsRead: tags,
    createdAt: createdAtOf(repository),
  }
}

/** Creation time to the millisecond, as text. */
export function createdAtOf(repository: unknown): string | null {
  const value = (repository as { createdAt?: unknown } | undefined)?.createdAt
  return value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : null
}

/**
 * Is this repository the one the record speaks of? Its run tag must be ours; where the creating call was answered, its creation time too.
 * Without readable tags nothing is proved, so it is not ours.
 */
export function ownsRepository(state: RepositoryState, record: ChangeRecord): boolean {
  return state.state === 'present' && state.tags?.['accesslab:run'] === record.runId && madeThen(state, record)
}

/** It may be ours, but its tags cannot be read: it is left, and said to be. Another creation time is proof enough that it is not. */
export const unprovenRepository = (state: RepositoryState, record: ChangeRecord): Undone | null =>
  state.state === 'present' && state.tags === null && madeThen(state, record)
    ? { result: 'left', outcome: state.tagsRead, note: 'its tags could not be read, so nothing proves whose it is' }
    : null

function madeThen({ createdAt }: { createdAt: string | null }, { remember }: ChangeRecord): boolean {
  const known = stringAt(remember, 'uniqueId')
  return known === null || createdAt === null || known === createdAt
}

/**
 * The creation time of the repository that a part (an image, a policy) hangs on, for the journal: parts carry no tags, and are ours only in
 * this very repository. null where it cannot be read, or is not there.
 */
export async function repositoryBefore(aws: Aws, name: string): Promise<string | null> {
  const outcome = await aws.call('ecr:DescribeRepositories', { repositoryNames: [name] })
  return outcome.outcome === 'allowed' ? createdAtOf(listAt(outcome.output, 'repositories')[0]) : null
}

/** Asked before a part is taken back: what it comes to if the repository it hung on is gone, or is another one by now. null: it is the same. */
export async function otherRepository(aws: Aws, name: string, record: ChangeRecord): Promise<Undone | null> {
  const known = stringAt(record.before, 'repositoryCreatedAt')
  if (known === null && record.before !== null) return null
  const outcome = await aws.call('ecr:DescribeRepositories', { repositoryNames: [name] })
  const gone = goneWithRepository(outcome)
  if (gone) return gone
  if (outcome.outcome !== 'allowed') return { result: 'left', outcome }
  if (record.before === null) return { result: 'left', outcome, note: unknownBefore }
  return createdAtOf(listAt(outcome.output, 'repositories')[0]) === known
    ? null
    : { result: 'foreign', note: `repository \`${name}\` is not the one of the run: somebody made it anew` }
}

/** The repository is absent: whatever hung on it is gone with it. */
export const goneWithRepository = (outcome: Outcome): Undone | null =>
  hasCode(outcome, 'RepositoryNotFound') ? { result: 'gone', note: 'gone with its repository' } : null

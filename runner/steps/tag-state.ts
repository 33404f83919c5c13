import type { Outcome } from '../../assertions/index.ts'
import { hasCode, listAt, stringAt } from './answers.ts'
import { goneWithRepository, otherRepository, repositoryBefore } from './repository-state.ts'
import { given } from './single-call.ts'
import type { Aws, ChangeRecord, Undone } from './step-kind.ts'

/** A tag of a repository, and the digest of the image that a step puts under it. */
export interface OwnTag {
  repositoryName: string
  imageTag: string
  ours: string
}

/** What an image id leads to; all null where there is nothing. */
export async function readImage(
  aws: Aws,
  repositoryName: string,
  imageId: { imageTag: string } | { imageDigest: string },
) {
  const outcome = await aws.call('ecr:BatchGetImage', { repositoryName, imageIds: [imageId] })
  const image = outcome.outcome === 'allowed' ? listAt(outcome.output, 'images')[0] : undefined
  return {
    outcome,
    image,
    digest: stringAt(image, 'imageId', 'imageDigest'),
    manifest: stringAt(image, 'imageManifest'),
    mediaType: stringAt(image, 'imageManifestMediaType'),
  }
}

/** The tags of an image; null tags: it is not there, or (where `unread`) nobody knows. */
async function tagsOfImage(aws: Aws, repositoryName: string, imageDigest: string) {
  const outcome = await aws.call('ecr:DescribeImages', { repositoryName, imageIds: [{ imageDigest }] })
  if (outcome.outcome === 'allowed')
    return { tags: listAt(listAt(outcome.output, 'imageDetails')[0], 'imageTags'), outcome, unread: false }
  return { tags: null, outcome, unread: !hasCode(outcome, 'ImageNotFound', 'RepositoryNotFound') }
}

/**
 * What giving a tag back will need: the image that was under it, and whether ours was in the repository, somebody's, with tags or without.
 * null where it cannot be read.
 */
export async function tagBefore(
  aws: Aws,
  { repositoryName, imageTag, ours }: OwnTag,
): Promise<Record<string, unknown> | null> {
  const [under, own, repositoryCreatedAt] = await Promise.all([
    readImage(aws, repositoryName, { imageTag }),
    readImage(aws, repositoryName, { imageDigest: ours }),
    repositoryBefore(aws, repositoryName),
  ])
  const unread = ({ outcome }: { outcome: Outcome }) =>
    outcome.outcome !== 'allowed' && !hasCode(outcome, 'RepositoryNotFound')
  if (unread(under) || unread(own)) return null
  const known = own.digest === null ? null : await tagsOfImage(aws, repositoryName, ours)
  if (known?.unread) return null
  return {
    imageDigest: under.digest,
    imageManifest: under.manifest,
    imageManifestMediaType: under.mediaType,
    ourImage: known === null || known.tags === null ? 'absent' : known.tags.length === 0 ? 'untagged' : 'tagged',
    repositoryCreatedAt,
  }
}

/**
 * Gives a tag back: the image that was under it is put there again, or the tag is taken off. Our image goes with its last tag, unless it was
 * somebody's before. A tag that was moved since stays where it is.
 */
export async function giveTagBack(aws: Aws, own: OwnTag, record: ChangeRecord): Promise<Undone> {
  const { repositoryName, imageTag, ours } = own
  const former = stringAt(record.before, 'imageDigest')
  if (former === ours) return { result: 'gone', note: 'it was there before' }
  const other = await otherRepository(aws, repositoryName, record)
  if (other) return other
  const now = await readImage(aws, repositoryName, { imageTag })
  const gone = goneWithRepository(now.outcome)
  if (gone) return gone
  if (now.outcome.outcome !== 'allowed') return { result: 'left', outcome: now.outcome }
  const untagged = now.digest === ours ? await moveBack(aws, own, record) : null
  const kept = untagged ?? (await deleteUntagged(aws, own, record))
  if (kept) return kept
  if (now.digest === ours) return { result: 'gone', ...(former === null ? {} : { note: 'the former image is back' }) }
  return now.digest === former
    ? { result: 'gone' }
    : { result: 'foreign', note: `\`${repositoryName}:${imageTag}\` was changed by somebody since: it stays` }
}

/** null: done. */
async function moveBack(
  aws: Aws,
  { repositoryName, imageTag, ours }: OwnTag,
  { before }: ChangeRecord,
): Promise<Undone | null> {
  const imageManifest = stringAt(before, 'imageManifest')
  if (imageManifest === null && stringAt(before, 'ourImage') === 'untagged') {
    const { tags, outcome } = await tagsOfImage(aws, repositoryName, ours)
    // ECR deletes an image with its last tag.
    if (tags === null || tags.length < 2)
      return {
        result: 'left',
        outcome,
        note: 'the image was there before, without a tag: it would go with its only one',
      }
  }
  const imageManifestMediaType = stringAt(before, 'imageManifestMediaType') ?? undefined
  const outcome =
    imageManifest === null
      ? await aws.call('ecr:BatchDeleteImage', { repositoryName, imageIds: [{ imageTag }] })
      : await aws.call('ecr:PutImage', given({ repositoryName, imageManifest, imageManifestMediaType, imageTag }))
  const after = await readImage(aws, repositoryName, { imageTag })
  return after.outcome.outcome === 'allowed' && after.digest === stringAt(before, 'imageDigest')
    ? null
    : (goneWithRepository(after.outcome) ?? {
        result: 'left',
        outcome: outcome.outcome === 'allowed' ? after.outcome : outcome,
      })
}

/** Our image, where a moved tag has left it without any. null: it is not there, or somebody's. */
async function deleteUntagged(
  aws: Aws,
  { repositoryName, ours }: OwnTag,
  { before }: ChangeRecord,
): Promise<Undone | null> {
  if ((stringAt(before, 'ourImage') ?? 'absent') !== 'absent') return null
  const there = await readImage(aws, repositoryName, { imageDigest: ours })
  if (there.outcome.outcome !== 'allowed')
    return goneWithRepository(there.outcome) ?? { result: 'left', outcome: there.outcome }
  if (there.digest === null) return null
  const now = await tagsOfImage(aws, repositoryName, ours)
  if (now.unread) return { result: 'left', outcome: now.outcome }
  if (now.tags === null || now.tags.length > 0) return null
  const deleted = await aws.call('ecr:BatchDeleteImage', { repositoryName, imageIds: [{ imageDigest: ours }] })
  const after = await tagsOfImage(aws, repositoryName, ours)
  return after.tags === null && !after.unread
    ? null
    : { result: 'left', outcome: deleted.outcome === 'allowed' ? after.outcome : deleted }
}

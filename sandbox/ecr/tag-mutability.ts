import type { ExclusionFilter, Repository } from './entities.ts'
import { unsure } from './unsure.ts'

/** The `_WITH_EXCLUSION` settings need filters, the plain ones must have none; a filter has two wildcards at most. */
export const requireExclusionFilters = (
  mutability: Repository['imageTagMutability'],
  filters: readonly ExclusionFilter[] | undefined,
): void => {
  const excludes = mutability.endsWith('_WITH_EXCLUSION')
  if (excludes !== (filters !== undefined && filters.length > 0)) {
    throw unsure.exclusionFilters(
      excludes ? `must be given with ${mutability}` : `must not be given with ${mutability}`,
    )
  }
  if (filters?.some(({ filter }) => filter.split('*').length > 3))
    throw unsure.exclusionFilters('at most two wildcards')
}

const matches = (pattern: string, tag: string): boolean => {
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(tag)
}

/** Whether the tag, once set, stays on its image. */
export const isImmutable = (
  { imageTagMutability, imageTagMutabilityExclusionFilters: filters }: Repository,
  tag: string,
): boolean => {
  const excluded = filters?.some(({ filter }) => matches(filter, tag)) ?? false
  return imageTagMutability.startsWith('IMMUTABLE') !== excluded
}

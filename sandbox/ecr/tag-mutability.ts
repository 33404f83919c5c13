import type { ExclusionFilter, Repository } from './entities.ts'
import { invalidParameter } from './repository-errors.ts'

/** The `_WITH_EXCLUSION` settings need filters, the plain ones must have none (text unsure). */
export const requireExclusionFilters = (
  mutability: Repository['imageTagMutability'],
  filters: readonly ExclusionFilter[] | undefined,
): void => {
  const excludes = mutability.endsWith('_WITH_EXCLUSION')
  if (excludes === (filters !== undefined && filters.length > 0)) return
  const what = excludes ? `must be given with ${mutability}` : `must not be given with ${mutability}`
  throw invalidParameter('imageTagMutabilityExclusionFilters', what)
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

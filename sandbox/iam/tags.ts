import type { ContextValue } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import type { Tag } from './entities.ts'
import { limitExceeded } from './limit-exceeded.ts'

/** Keys of roles and users are the same regardless of case; those of policies and instance profiles are not. */
export type TagCase = 'insensitive' | 'sensitive'

const maximum = 50
const fold = (key: string, mode: TagCase): string => (mode === 'insensitive' ? key.toLowerCase() : key)

/** Throws InvalidInput when one request names a key twice. */
export const refuseDuplicateTags = (tags: readonly Tag[], mode: TagCase): void => {
  const keys = new Set(tags.map(tag => fold(tag.Key, mode)))
  if (keys.size === tags.length) return
  const hint = mode === 'insensitive' ? ' Please note that Tag keys are case insensitive.' : ''
  throw new AwsError('InvalidInput', 400, `Duplicate tag keys found.${hint}`)
}

/** A key that is there gets the new value and the new spelling, in its old place; others are added at the end. */
export const withTags = (old: readonly Tag[], given: readonly Tag[], mode: TagCase, quota: string): Tag[] => {
  refuseDuplicateTags(given, mode)
  const fresh = new Map(given.map(tag => [fold(tag.Key, mode), { Key: tag.Key, Value: tag.Value }]))
  const kept = old.map(tag => {
    const replacement = fresh.get(fold(tag.Key, mode))
    fresh.delete(fold(tag.Key, mode))
    return replacement ?? tag
  })
  const tags = [...kept, ...fresh.values()]
  if (tags.length > maximum) throw limitExceeded(quota, maximum)
  return tags
}

export const withoutTags = (old: readonly Tag[], keys: readonly string[], mode: TagCase): Tag[] => {
  const gone = new Set(keys.map(key => fold(key, mode)))
  return old.filter(tag => !gone.has(fold(tag.Key, mode)))
}

export const resourceTagContext = (tags: readonly Tag[]): Record<string, ContextValue> =>
  Object.fromEntries(
    tags.flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`iam:ResourceTag/${Key}`, Value],
    ]),
  )

export const requestTagContext = (tags: readonly Tag[] | undefined): Record<string, ContextValue> =>
  tags === undefined || tags.length === 0
    ? {}
    : {
        ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
        'aws:TagKeys': tags.map(tag => tag.Key),
      }

export const tagKeysContext = (keys: readonly string[]): Record<string, ContextValue> => ({ 'aws:TagKeys': keys })

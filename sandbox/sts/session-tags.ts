import type { ContextValue } from '../../policy/index.ts'
import { AwsError } from '../errors.ts'
import type { Tag } from '../iam/entities.ts'
import type { Session } from '../operation.ts'

export interface SessionTagsInput {
  Tags?: Tag[]
  TransitiveTagKeys?: string[]
}

/** The tags that a role session hands on to the sessions it assumes. */
const inheritedTags = (from: Session | null): Record<string, string> => {
  const transitive = new Set(from?.transitiveTagKeys.map(key => key.toLowerCase()))
  return Object.fromEntries(Object.entries(from?.tags ?? {}).filter(([key]) => transitive.has(key.toLowerCase())))
}

/** What the new session carries. Tag keys are the same regardless of case. */
export const sessionTags = ({ Tags = [], TransitiveTagKeys = [] }: SessionTagsInput, from: Session | null) => {
  const inherited = inheritedTags(from)
  return {
    tags: { ...inherited, ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) },
    transitiveTagKeys: [...Object.keys(inherited), ...TransitiveTagKeys],
  }
}

/** @throws AwsError InvalidParameterValue, in the recorded texts */
export const checkSessionTags = (
  { Tags = [], TransitiveTagKeys = [] }: SessionTagsInput,
  from: Session | null,
): void => {
  const keys = new Set(Tags.map(({ Key }) => Key.toLowerCase()))
  if (keys.size < Tags.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (TransitiveTagKeys.some(key => !keys.has(key.toLowerCase()))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.')
  }
  if (Object.keys(inheritedTags(from)).some(key => keys.has(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', 400, message)

/** The condition keys that the tags of the new session, inherited ones included, add to its checks. */
export const sessionTagContext = (input: SessionTagsInput, from: Session | null): Record<string, ContextValue> => {
  const { tags, transitiveTagKeys } = sessionTags(input, from)
  const names = Object.keys(tags)
  return {
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...(names.length === 0 ? {} : { 'aws:TagKeys': names }),
    ...(transitiveTagKeys.length === 0 ? {} : { 'sts:TransitiveTagKeys': transitiveTagKeys }),
  }
}

import type { Repository } from './entities.ts'
import { policyNotFound } from './repository-errors.ts'
import { unsure } from './unsure.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fault = (text: string): string | null => {
  let policy: unknown
  try {
    policy = JSON.parse(text)
  } catch {
    return 'the text is not valid JSON'
  }
  if (!isObject(policy) || !Array.isArray(policy.rules)) return 'rules must be a list'
  const { rules } = policy
  if (rules.length === 0 || rules.length > 50) return 'there must be 1 to 50 rules'
  if (!rules.every(isRule)) return 'each rule needs rulePriority, selection and action'
  const priorities = new Set(rules.map(rule => rule.rulePriority))
  return priorities.size === rules.length ? selectionFault(rules) : 'two rules have the same rulePriority'
}

interface Rule {
  rulePriority: number
  selection: Record<string, unknown>
}

const isRule = (rule: unknown): rule is Rule =>
  isObject(rule) && Number.isInteger(rule.rulePriority) && isObject(rule.selection) && isObject(rule.action)

/** In words that were seen in logs of AWS. */
const selectionFault = (rules: readonly Rule[]): string | null => {
  const having = (status: string): Rule[] => rules.filter(({ selection }) => selection.tagStatus === status)
  const isFilled = (list: unknown): boolean => Array.isArray(list) && list.length > 0
  if (
    having('tagged').some(
      ({ selection: { tagPrefixList, tagPatternList } }) => !isFilled(tagPrefixList) && !isFilled(tagPatternList),
    )
  )
    return 'Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.'
  const classOf = ({ selection }: Rule): unknown => selection.storageClass ?? 'standard'
  const untagged = having('untagged')
  if (new Set(untagged.map(classOf)).size < untagged.length)
    return 'Only one rule can select Untagged images per storage class'
  const isOutranked = (any: Rule): boolean =>
    rules.some(rule => rule.rulePriority > any.rulePriority && classOf(rule) === classOf(any))
  return having('any').some(isOutranked)
    ? 'Rule for tagStatus=ANY must have the lowest priority per storage class'
    : null
}

/** Checks the outline only: no rule is ever carried out here. */
export const requireLifecyclePolicy = (text: string): void => {
  const detail = fault(text)
  if (detail !== null) throw unsure.lifecycle(detail)
}

/** Throws LifecyclePolicyNotFoundException. */
export const lifecycleTextOf = ({ lifecyclePolicyText, repositoryName, registryId }: Repository): string => {
  if (lifecyclePolicyText === undefined) throw policyNotFound('Lifecycle', repositoryName, registryId)
  return lifecyclePolicyText
}

/** Never run: AWS shows the epoch before the first run. */
export const neverEvaluated = { lastEvaluatedAt: new Date(0) }

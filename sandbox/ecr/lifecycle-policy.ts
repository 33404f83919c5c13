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
  return priorities.size === rules.length ? null : 'two rules have the same rulePriority'
}

const isRule = (rule: unknown): rule is { rulePriority: number } =>
  isObject(rule) && Number.isInteger(rule.rulePriority) && isObject(rule.selection) && isObject(rule.action)

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

import type { ActionRule } from './action-rule.ts'

/** ECR's own rules, by action in lower case. Source: ECR User Guide, repository-policies: the token comes from the caller's own policies. */
export const ecr: Readonly<Record<string, ActionRule>> = {
  'ecr:getauthorizationtoken': { identityOnly: true },
}

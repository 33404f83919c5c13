import { pageRules } from '../pages/check/rules/index.ts'
import { commentWithoutReason, idleComment } from './comments.ts'
import { definitionRules } from './definition-rules.ts'
import type { RuleFacts } from './rule.ts'
import { labRules } from './rules/index.ts'

/** All that `lab check` can find, by id: a page of `docs/rules` each. */
export const everyRule = (): RuleFacts[] =>
  [...definitionRules, ...labRules, idleComment, commentWithoutReason, ...pageRules].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  )

import type { ActionRule } from './action-rule.ts'
import { ecr } from './ecr.ts'
import { sts } from './sts.ts'

const ordinary: ActionRule = {}
const rules: ReadonlyMap<string, ActionRule> = new Map([...Object.entries(sts), ...Object.entries(ecr)])

/** @param action in lower case */
export const ruleOf = (action: string): ActionRule => rules.get(action) ?? ordinary

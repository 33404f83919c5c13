import type { CheckedLab } from '../checked-lab.ts'
import type { Rule } from '../rule.ts'
import { fixedWait } from './fixed-wait.ts'

/** Every rule about a lab. A test compares it with the folder. */
export const labRules: readonly Rule<CheckedLab>[] = [fixedWait]

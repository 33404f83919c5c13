import { PolicyError } from '../../policy/index.ts'
import { usageError } from '../../runner/lab-error.ts'

/** What the engine refuses is wrong in what the person gave. @throws LabError (usage) */
export function inUsersWords<T>(work: () => T, before = ''): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw usageError(`${before}${error.message}`, 'docs/policy-evaluation.md says what a request and its policies are')
  }
}

import { credentialsMend } from '../runner/aws/credentials-mend.ts'
import { environmentError, LabError } from '../runner/lab-error.ts'
import { problemsOf } from './show/problems.ts'

/** What a promise was rejected with that nobody waited for, as an error of exit code 3 that a person can act on. */
export function strayError(thrown: unknown, cwd: string): LabError {
  const { name = '' } = (thrown ?? {}) as { name?: string }
  const { message, hint, code } = problemsOf(thrown, cwd).problems[0] ?? {
    message: 'internal error',
    hint: null,
    code: 'internal',
  }
  if (/^(CredentialsProvider|TokenProvider|Provider)Error$/.test(name)) {
    const said = (thrown as Error).message
    return environmentError(`no usable credentials: ${said}`, credentialsMend(said, null), { cause: thrown })
  }
  return new LabError(3, code, message, hint, { cause: thrown })
}

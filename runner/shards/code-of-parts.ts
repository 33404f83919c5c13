import type { Report } from '../../assertions/index.ts'
import { noneJudged } from '../engine/nothing-judged.ts'
import { combine, type ExitCode } from '../lab-error.ts'

/**
 * The exit code that one process would have had for all of them: a lab that was skipped for want of an identity counts only where no other was
 * judged either.
 *
 * @param whole false: others are judged elsewhere
 */
export function codeOfParts(reports: readonly Report[], whole: boolean): ExitCode {
  const judged = reports.filter(({ labs }) => !noneJudged(labs))
  const code = ({ exitCode, labs }: Report): ExitCode =>
    exitCode === 3 && noneJudged(labs) && (!whole || judged.length > 0) ? setUpCode(labs) : (exitCode as ExitCode)
  return combine(reports.map(code))
}

/** What the labs only needed came to: an outage in them is one all the same. */
const setUpCode = (labs: Report['labs']): ExitCode =>
  labs.some(({ status }) => status === 'error' || status === 'blocked') ? 3 : 0

import type { Finding, Severity } from '../../runner/check/finding.ts'
import type { ExitCode } from '../../runner/lab-error.ts'
import { shownPath } from '../show/problems.ts'

/** A finding as `--json` prints it, file relative to the working folder. */
export interface ShownFinding {
  rule: string
  severity: Severity
  message: string
  hint: string | null
  file: string
  line: number
  column: number
  /** true: `--fix` mends it. */
  fixable: boolean
  /** The page that says more, of the repository. */
  docs: string
}

/** What has no rule of its own is told in the page about the format. */
export const docsOf = (rule: string): string => (rule === 'definition' ? 'docs/lab-format.md' : `docs/rules/${rule}.md`)

export const shownFinding = ({ rule, severity, message, hint, place, fix }: Finding, cwd: string): ShownFinding => ({
  ...{ rule, severity, message, hint },
  file: shownPath(place.file, cwd),
  line: place.line,
  column: place.column,
  fixable: fix !== undefined && fix.length > 0,
  docs: docsOf(rule),
})

/** An error keeps the lab from doing what it says (2), a warning is an expectation that failed (1), a note is neither. */
export const exitCodeOf = (findings: readonly Pick<Finding, 'severity'>[]): ExitCode =>
  findings.some(({ severity }) => severity === 'error')
    ? 2
    : findings.some(({ severity }) => severity === 'warning')
      ? 1
      : 0

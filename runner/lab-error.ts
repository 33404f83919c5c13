/** Exit codes, as design and `lab --help` list them. */
export const exitCodes = {
  asExpected: 0,
  expectationFailed: 1,
  usage: 2,
  environment: 3,
  leftovers: 4,
  guard: 5,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** When several apply, the first of these is the process's. */
const gravest: readonly ExitCode[] = [130, 2, 5, 4, 1, 3, 0]

/** The exit code of several. */
export const combine = (codes: readonly ExitCode[]): ExitCode => gravest.find(code => codes.includes(code)) ?? 0

/**
 * An error a person can act on: what was found and expected, and one hint. `code` is stable, for `--json`. Anything else that is thrown is
 * our own defect.
 */
export class LabError extends Error {
  readonly exitCode: ExitCode
  readonly code: string
  readonly hint: string | null
  constructor(exitCode: ExitCode, code: string, message: string, hint: string | null = null, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LabError'
    this.exitCode = exitCode
    this.code = code
    this.hint = hint
  }
}

/** The exit code of what a signal ended: a person's interrupt, or the error that it was ended for. */
export const codeOfEnd = ({ reason }: AbortSignal): ExitCode =>
  reason instanceof LabError ? reason.exitCode : exitCodes.interrupted

export const usageError = (message: string, hint: string | null = null): LabError =>
  new LabError(2, 'usage', message, hint)
export const environmentError = (message: string, hint: string | null = null, options?: ErrorOptions): LabError =>
  new LabError(3, 'environment', message, hint, options)
export const guardError = (message: string, hint: string | null = null): LabError =>
  new LabError(5, 'guard', message, hint)

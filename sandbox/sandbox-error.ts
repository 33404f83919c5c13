/** The sandbox itself cannot do its work: its folder, its port. Not an answer of an operation. */
export class SandboxError extends Error {
  readonly hint: string
  /** What was asked for is at fault, such as a file that was given, not the machine. */
  readonly isUsage: boolean
  constructor(
    message: string,
    hint: string,
    { isUsage = false, ...options }: ErrorOptions & { isUsage?: boolean } = {},
  ) {
    super(message, options)
    this.name = 'SandboxError'
    this.hint = hint
    this.isUsage = isUsage
  }
}

/** The sandbox itself cannot do its work: its folder, its port. Not an answer of an operation. */
export class SandboxError extends Error {
  readonly hint: string
  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SandboxError'
    this.hint = hint
  }
}

/**
 * An error in AWS's own words. `code` is the wire code (`NoSuchEntity`, `RepositoryNotFoundException`), `fields` are further members of a
 * JSON error body. Sources of codes, statuses and texts: recorded answers, kept in the tests' corpus.
 */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  readonly fields: Readonly<Record<string, unknown>>
  /** Of the ECR call behind a registry request, by which the log knows it. */
  requestId?: string
  constructor(code: string, status: number, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.status = status
    this.fields = fields
  }
}

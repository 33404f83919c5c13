import type { Outcome } from '../../assertions/index.ts'
import type { Exchange } from './http.ts'

/** Where the calls go: for ARNs, permissions and CLI lines. */
export interface AwsPlace {
  partition: string
  account: string
  region: string
}

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
  /** Epoch milliseconds. */
  expiration?: number | undefined
}

/** An identity's door to AWS: one call, one answer; a denial is an answer. Operations are `service:Operation`, inputs AWS's own shapes. */
export interface Aws {
  call(operation: string, input: Record<string, unknown>): Promise<Outcome>
  /** HTTP that no SDK client makes, such as a registry's: what stands in its place where nothing may be sent. Default: it is sent. */
  exchange?: Exchange | undefined
  /** ARN of the identity as AWS prints it in a denial. */
  readonly arn: string
  credentials(): Promise<Credentials>
}

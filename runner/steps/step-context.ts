import type { Outcome } from '../../assertions/index.ts'
import type { Aws, AwsPlace } from '../aws/door.ts'

/** What is applied to all that a run creates. */
export interface Created {
  path: string
  permissionsBoundary: string | null
  /** Ownership tags (`accesslab:run`, `accesslab:lab`, `accesslab:expires`) and the catalogue's own. */
  tags: Readonly<Record<string, string>>
}

export interface StepContext {
  /** Its account is that of the step's identity. */
  place: AwsPlace
  /** As the step's `as:`. */
  aws: Aws
  /** Who prepares and takes back in the step's account: the lab's own caller, or an identity of labs.yaml for an account of its own. */
  admin: Aws
  created: Created
  /**
   * What an identity would be answered, decided from the policies read: nothing is sent but reads. What cannot be read is a failure; a decision
   * that turns on what is not known of the request is thrown. `reason`: a refusal's reason matters.
   */
  decide(aws: Aws, action: string, resource: string, reason: boolean): Promise<Outcome>
  /** The identity of a name, for write-profile and templates. */
  identity(name: string): Aws
  runId: string
  /** The run's own profile file. */
  credentialsFile: string
  /** The person's, for `profile-file: user`. */
  userCredentialsFile: string
  /** Variables for a program that acts as the step's identity; nothing else reaches it. */
  environment(): Promise<Record<string, string>>
  /** A path as a person reads it: relative to the working folder where that is shorter. */
  shown(path: string): string
  /** Folder of the lab: programs run here. */
  folder: string
  /** Endpoint override, where there is one: for programs that talk to AWS themselves. */
  endpoint: string | null
  signal: AbortSignal
}

/**
 * What AWS would answer the step's own identity, decided from the policies read, nothing sent.
 *
 * @param repositoryPolicy taken as the repository's policy in place of the present one
 */
export type Decide = (action: string, resource: string, repositoryPolicy?: string) => Promise<Outcome>

import type { ContextValue } from '../policy/index.ts'
import type { Store } from './state/store.ts'

/** Who signed the request, as authentication found it. */
export interface Caller {
  kind: 'root' | 'user' | 'role-session' | 'federated-user' | 'web-identity'
  /** As GetCallerIdentity prints it; of a web identity its provider's. */
  arn: string
  accountId: string
  /** As GetCallerIdentity prints it: AIDA..., AROA...:session, the account id for root, ID:name for a federated user. */
  userId: string
  /** AIDA... or AROA..., the account id for root. */
  principalId: string
  /** Name of the user or role behind the caller; null for root. */
  name: string | null
  /** ARN of the role or user behind the caller, with its path. */
  issuerArn: string
  accessKeyId: string
  /** Set for temporary credentials. */
  session: Session | null
  /** Of a call without a signature: what its identity token says, and the condition keys that it sets. */
  webIdentity?: { subject: string; audience: string; keys: Readonly<Record<string, ContextValue>> }
}

/** A temporary credential, keyed by its ASIA access key id. Secret and token are derived from the master key, never stored. */
export interface Session {
  kind: 'role-session' | 'federated-user' | 'session-token'
  accountId: string
  /** Unique id of the role or user it stands for: it dies with it. */
  principalId: string
  name: string
  sessionName: string
  issuedAt: number
  expiresAt: number
  /** Inline session policy and the managed session policies' ARNs; null: none passed. */
  policy: string | null
  policyArns: string[]
  tags: Record<string, string>
  transitiveTagKeys: string[]
  sourceIdentity: string | null
  mfaAt: number | null
  /** true: issued to a role session (role chaining, one hour at most). */
  chained: boolean
  /** ARN of the identity provider whose token it was issued for. */
  provider?: string
}

/** For tests only, to prove that labs notice: `off` allows everything to everybody, `deny` allows nothing to anybody but the accounts' admins. */
export type TestAuthorization = 'off' | 'deny'

/** One call that passed authentication and the model's constraints. `state` is inside one transaction. */
export interface Call<Input = Record<string, unknown>> {
  input: Input
  caller: Caller
  state: Store
  region: string
  /** Epoch milliseconds, the sandbox's clock. */
  now: number
  requestId: string
  /** Of the HTTP request: sourceIp, userAgent, and the origin it was sent to (`http://127.0.0.1:PORT`), for URLs that lead back here. */
  client: { sourceIp: string; userAgent: string; origin?: string }
  secrets: Secrets
  blobs: Blobs
  /** Absent: the policies decide. */
  authorization?: TestAuthorization | undefined
}

/** Derives secrets from the master key and the key id (HMAC), so that none is stored. */
export interface Secrets {
  secretAccessKey(accessKeyId: string): string
  sessionToken(accessKeyId: string): string
  /** Of a virtual MFA device: 40 bytes. */
  mfaSeed(seedId: string): Buffer
  /** Password part of an ECR authorization token: carries the caller's access key id and expiry, authenticated. */
  registryPassword(accessKeyId: string, expiresAt: number): string
  /** The access key id and expiry (epoch ms) of a registry password, or null when it is not one of ours. */
  readRegistryPassword(password: string): { accessKeyId: string; expiresAt: number } | null
  /** A new unique id or key id, `AROA` + 17 of A-Z2-7, `AKIA` + 16. */
  newId(prefix: string): string
}

/** Layer bytes on disk, content-addressed, shared by all repositories of the sandbox. */
export interface Blobs {
  append(uploadId: string, offset: number, bytes: Uint8Array): void
  uploadSize(uploadId: string): number
  /** sha256 digest of the upload, `sha256:<hex>`. */
  uploadDigest(uploadId: string): string
  /** Makes the upload the blob of its digest, durably. */
  commit(uploadId: string, digest: string): void
  discard(uploadId: string): void
  size(digest: string): number | null
  path(digest: string): string
}

/** One authorization check that AWS makes before the operation has its effect. All of a call's needs must be allowed, in order. */
export interface Need {
  action: string
  /** ARN or `*`. */
  resource: string
  /** What AWS prints after `on resource:` where that is not the ARN (`role NAME`); '' prints no such part. */
  printed?: string
  /** The account that owns the resource; default: the account in the ARN, else the caller's. */
  resourceAccount?: string
  /** Resource-based policies that hang on it: repository policy, registry policy. */
  resourcePolicies?: readonly { name: string; text: string }[]
  /** For sts:AssumeRole and its kin: the role's trust policy (undefined where the role does not exist: null). */
  trustPolicy?: { name: string; text: string } | null
  /** Keys that this request adds: aws:RequestTag/x, aws:TagKeys, aws:ResourceTag/x, ecr:ResourceTag/x, sts:ExternalId, ... */
  context?: Readonly<Record<string, ContextValue>>
}

/**
 * A sandbox operation: what it needs and what it does, side by side. `needs` must not fail on a missing resource: AWS authorizes first
 * (facts: "authorization runs first on the ARN"). `handle` throws AwsError; what it returns is written by the service's own model.
 */
export interface Operation<Input = never> {
  /** `reads` runs in a read transaction; `changes` in a write transaction that rolls back when it throws. */
  effect: 'reads' | 'changes'
  needs(call: Call<Input>): readonly Need[]
  handle(call: Call<Input>): Record<string, unknown> | undefined
}

export type AnyOperation = Operation<never>

/** Types an operation's input at its definition and keeps the registry free of `any`. */
export const defineOperation = <Input>(operation: Operation<Input>): AnyOperation =>
  operation as unknown as AnyOperation

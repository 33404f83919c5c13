import { table } from '../state/store.ts'

export interface Tag {
  Key: string
  Value: string
}

/** What users, roles and groups share. Dates are epoch milliseconds; keys of the tables are [account id, name in lower case]: IAM's names are unique regardless of case. */
export interface Entity {
  Path: string
  Arn: string
  CreateDate: number
  /** Inline policies by name: the text as it was given. */
  inline: Record<string, string>
  /** ARNs of attached managed policies, in the order of attachment. */
  attached: string[]
}

export interface Role extends Entity {
  RoleName: string
  RoleId: string
  /** As it was given, but for principals resolved to unique ids (see principals.ts). */
  AssumeRolePolicyDocument: string
  Description?: string
  MaxSessionDuration: number
  PermissionsBoundary?: string
  Tags: Tag[]
  lastUsed?: { at: number; region: string }
}

export interface User extends Entity {
  UserName: string
  UserId: string
  PermissionsBoundary?: string
  Tags: Tag[]
  /** Names (lower case) of the groups it is in. */
  groups: string[]
  serviceCredentials?: ServiceCredential[]
}

/** A user name and password for one service. The password is derived from the id, never stored. */
export interface ServiceCredential {
  ServiceSpecificCredentialId: string
  ServiceName: string
  ServiceUserName: string
  Status: 'Active' | 'Inactive'
  CreateDate: number
}

export interface Group extends Entity {
  GroupName: string
  GroupId: string
}

export interface PolicyVersion {
  VersionId: string
  Document: string
  CreateDate: number
}

export interface ManagedPolicy {
  PolicyName: string
  PolicyId: string
  Path: string
  Arn: string
  Description?: string
  CreateDate: number
  UpdateDate: number
  DefaultVersionId: string
  /** Number of the last version made: numbers are never used again. */
  lastVersion: number
  versions: PolicyVersion[]
  Tags: Tag[]
}

export interface AccessKey {
  AccessKeyId: string
  /** null: the account's root user. */
  UserName: string | null
  accountId: string
  Status: 'Active' | 'Inactive'
  CreateDate: number
  lastUsed?: { at: number; region: string; service: string }
}

export interface InstanceProfile {
  InstanceProfileName: string
  InstanceProfileId: string
  Path: string
  Arn: string
  CreateDate: number
  /** Name of its role, if any. */
  role?: string
  Tags: Tag[]
}

export const roles = table<Role>('iam.role')
export const users = table<User>('iam.user')
export const groups = table<Group>('iam.group')
/** Customer managed policies; key [account id, name in lower case]. AWS managed ones are constants, see managed/. */
export const policies = table<ManagedPolicy>('iam.policy')
/** Key [access key id]. */
export const accessKeys = table<AccessKey>('iam.access-key')
/** Key [account id, user name in lower case, access key id]: which keys a user has. */
export const keysOfUser = table<true>('iam.keys-of-user')
export const instanceProfiles = table<InstanceProfile>('iam.instance-profile')
/** Key [unique id]: which role or user an AROA/AIDA id belongs to. */
export const uniqueIds = table<{ accountId: string; kind: 'role' | 'user'; name: string }>('iam.unique-id')
/** Key [account id, policy ARN, kind, name]: who a managed policy is attached to, or is the boundary of. */
export const attachments = table<true>('iam.attachment')
/** Key [account id]: the account's alias. */
export const accountAliases = table<string>('iam.account-alias')
/** Key [account id, user name in lower case]. The password itself is never kept. */
export const loginProfiles = table<{ CreateDate: number; PasswordResetRequired: boolean }>('iam.login-profile')

export interface VirtualMfaDevice {
  /** Its ARN. */
  SerialNumber: string
  /** What the seed is derived from: the seed itself is never stored. */
  seedId: string
  CreateDate: number
  Tags: Tag[]
  /** lastPeriod: number of the last 30 seconds whose code was used. */
  enabled?: { UserId: string; EnableDate: number; lastPeriod: number }
}

/** Key [account id, serial number]. */
export const virtualMfaDevices = table<VirtualMfaDevice>('iam.virtual-mfa-device')

export interface OidcProvider {
  Arn: string
  /** Without `https://`. */
  Url: string
  ClientIDList: string[]
  ThumbprintList: string[]
  CreateDate: number
  Tags: Tag[]
}

/** Key [account id, URL without `https://`]. */
export const oidcProviders = table<OidcProvider>('iam.oidc-provider')

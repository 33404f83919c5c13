import { usageOf } from './attachments.ts'
import { encodeDocument } from './document.ts'
import type { ManagedPolicy, PolicyVersion, Tag } from './entities.ts'
import type { Scope } from './holder.ts'

/** What every output about a managed policy shows. */
export const listedPolicy = (scope: Scope, policy: ManagedPolicy) => ({
  PolicyName: policy.PolicyName,
  PolicyId: policy.PolicyId,
  Arn: policy.Arn,
  Path: policy.Path,
  DefaultVersionId: policy.DefaultVersionId,
  ...usageOf(scope, policy.Arn),
  IsAttachable: true,
  CreateDate: new Date(policy.CreateDate),
  UpdateDate: new Date(policy.UpdateDate),
})

/** CreatePolicy shows Tags if given, and never the Description (recorded). */
export const createdPolicy = (scope: Scope, policy: ManagedPolicy) => ({
  ...listedPolicy(scope, policy),
  ...(policy.Tags.length === 0 ? {} : { Tags: policy.Tags }),
})

/** GetPolicy always shows Tags, in the order of ListPolicyTags. */
export const describedPolicy = (scope: Scope, policy: ManagedPolicy) => ({
  ...listedPolicy(scope, policy),
  ...(policy.Description === undefined ? {} : { Description: policy.Description }),
  Tags: inOrder(policy.Tags),
})

export const listedVersion = (policy: ManagedPolicy, version: PolicyVersion) => ({
  VersionId: version.VersionId,
  IsDefaultVersion: version.VersionId === policy.DefaultVersionId,
  CreateDate: new Date(version.CreateDate),
})

export const describedVersion = (policy: ManagedPolicy, version: PolicyVersion) => ({
  Document: encodeDocument(version.Document),
  ...listedVersion(policy, version),
})

/** Tags of policies come back by length of the key, then alphabet (one record). */
export const inOrder = (tags: readonly Tag[]): Tag[] =>
  [...tags].sort((a, b) => a.Key.length - b.Key.length || (a.Key < b.Key ? -1 : 1))

import { defineOperation } from '../operation.ts'
import type { Table } from '../state/store.ts'
import { keysOf } from './access-keys.ts'
import { groups, instanceProfiles, oidcProviders, policies, roles, users, virtualMfaDevices } from './entities.ts'
import type { Scope } from './holder.ts'
import { mfaDevices } from './virtual-mfa-device.ts'

/** Quotas and flags as every account shows them (recorded 2026). */
const quotas = {
  UsersQuota: 5000,
  GroupsQuota: 300,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  InstanceProfilesQuota: 1000,
  AttachedPoliciesPerUserQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerGroupQuota: 10,
  GroupsPerUserQuota: 10,
  AccessKeysPerUserQuota: 2,
  VersionsPerPolicyQuota: 5,
  PolicyVersionsInUseQuota: 10_000,
  PolicySizeQuota: 6144,
  AssumeRolePolicySizeQuota: 2048,
  RolePolicySizeQuota: 10_240,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  GlobalEndpointTokenVersion: 1,
  AccountMFAEnabled: 0,
  AccountSigningCertificatesPresent: 0,
  AccountPasswordPresent: 1,
  ServerCertificates: 0,
}

const count = <T>({ state, caller }: Scope, table: Table<T>): number => {
  let found = 0
  for (const _ of state.list(table, [caller.accountId])) found++
  return found
}

const versionsInUse = ({ state, caller }: Scope): number => {
  let found = 0
  for (const { value } of state.list(policies, [caller.accountId])) found += value.versions.length
  return found
}

export const GetAccountSummary = defineOperation<Record<string, never>>({
  effect: 'reads',
  needs: () => [{ action: 'iam:GetAccountSummary', resource: '*' }],
  handle: call => ({
    SummaryMap: {
      ...quotas,
      Users: count(call, users),
      Groups: count(call, groups),
      Roles: count(call, roles),
      Policies: count(call, policies),
      InstanceProfiles: count(call, instanceProfiles),
      MFADevices: count(call, virtualMfaDevices),
      MFADevicesInUse: mfaDevices(call).filter(({ enabled }) => enabled !== undefined).length,
      Providers: count(call, oidcProviders),
      PolicyVersionsInUse: versionsInUse(call),
      AccountAccessKeysPresent: keysOf(call, null).length > 0 ? 1 : 0,
    },
  }),
})

import { presentPrincipals } from '../principals.ts'
import { onceFor } from '../state/store.ts'
import { encodeDocument } from './document.ts'
import type { Role } from './entities.ts'
import type { Scope } from './holder.ts'
import { boundaryOutput } from './permissions-boundary.ts'

const base = ({ state }: Scope, role: Role) => ({
  Path: role.Path,
  RoleName: role.RoleName,
  RoleId: role.RoleId,
  Arn: role.Arn,
  CreateDate: new Date(role.CreateDate),
  AssumeRolePolicyDocument: onceFor(state, `shown ${role.AssumeRolePolicyDocument}`, () =>
    encodeDocument(presentPrincipals(role.AssumeRolePolicyDocument, state)),
  ),
})

const description = ({ Description }: { Description?: string }) => (Description === undefined ? {} : { Description })
const someTags = ({ Tags }: Pick<Role, 'Tags'>) => (Tags.length === 0 ? {} : { Tags })

const lastUsed = ({ lastUsed: used }: Role) => ({
  RoleLastUsed: used === undefined ? {} : { LastUsedDate: new Date(used.at), Region: used.region },
})

/** CreateRole never shows Description, MaxSessionDuration or RoleLastUsed, even when they were given (recorded). */
export const createdRole = (scope: Scope, role: Role) => ({
  ...base(scope, role),
  ...someTags(role),
  ...boundaryOutput(role.PermissionsBoundary),
})

export const describedRole = (scope: Scope, role: Role) => ({
  ...base(scope, role),
  ...description(role),
  MaxSessionDuration: role.MaxSessionDuration,
  ...someTags(role),
  ...boundaryOutput(role.PermissionsBoundary),
  ...lastUsed(role),
})

/** ListRoles shows no Tags, RoleLastUsed or PermissionsBoundary (recorded). */
export const listedRole = (scope: Scope, role: Role) => ({
  ...base(scope, role),
  ...description(role),
  MaxSessionDuration: role.MaxSessionDuration,
})

/** GetAccountAuthorizationDetails and instance profiles show the role without its limits. */
export const embeddedRole = base

export const detailedRole = (scope: Scope, role: Role) => ({
  ...base(scope, role),
  ...boundaryOutput(role.PermissionsBoundary),
  ...lastUsed(role),
  Tags: role.Tags,
})

import type { ManagedPolicy } from '../entities.ts'
import { AdministratorAccess } from './AdministratorAccess.ts'
import { AmazonEC2ContainerRegistryFullAccess } from './AmazonEC2ContainerRegistryFullAccess.ts'
import { AmazonEC2ContainerRegistryPowerUser } from './AmazonEC2ContainerRegistryPowerUser.ts'
import { AmazonEC2ContainerRegistryPullOnly } from './AmazonEC2ContainerRegistryPullOnly.ts'
import { AmazonEC2ContainerRegistryReadOnly } from './AmazonEC2ContainerRegistryReadOnly.ts'
import { IAMFullAccess } from './IAMFullAccess.ts'
import { IAMReadOnlyAccess } from './IAMReadOnlyAccess.ts'
import { PowerUserAccess } from './PowerUserAccess.ts'
import { ReadOnlyAccess } from './ReadOnlyAccess.ts'
import { SecurityAudit } from './SecurityAudit.ts'
import { ViewOnlyAccess } from './ViewOnlyAccess.ts'

const served: readonly ManagedPolicy[] = [
  AdministratorAccess,
  AmazonEC2ContainerRegistryFullAccess,
  AmazonEC2ContainerRegistryPowerUser,
  AmazonEC2ContainerRegistryPullOnly,
  AmazonEC2ContainerRegistryReadOnly,
  IAMFullAccess,
  IAMReadOnlyAccess,
  PowerUserAccess,
  ReadOnlyAccess,
  SecurityAudit,
  ViewOnlyAccess,
]

/** AWS's own policies that the sandbox knows, by ARN; any other ARN of AWS's does not exist here. */
export const awsManagedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(
  served.map(policy => [policy.Arn, policy]),
)

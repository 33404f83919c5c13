import { accountOf } from '../aws/arns.ts'

/** The members by which ECR's operations are sent to another account than the caller's own: a registry, a tagged thing's ARN. */
const elsewhere = new Set(['registryId', 'resourceArn'])

/** Accounts that the input of a call sends it to, deep: a replication names its registries far below. */
export function accountsNamed(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([member, value]) =>
    typeof value === 'string' && elsewhere.has(member) ? [accountOf(value) ?? value] : accountsNamed(value),
  )
}

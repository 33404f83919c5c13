import type { Need } from '../operation.ts'
import type { Tag } from './entities.ts'
import { boundaryContext } from './permissions-boundary.ts'
import { requestTagContext } from './tags.ts'

/**
 * Needs of Create<noun>: the new ARN, with the boundary and the tags as condition keys; tags need iam:Tag<noun> too
 * (IAM user guide, "Tagging IAM resources").
 */
export const creationNeeds = (
  noun: 'Role' | 'User' | 'Policy' | 'InstanceProfile',
  resource: string,
  input: { Tags?: readonly Tag[]; PermissionsBoundary?: string },
  printed?: string,
): Need[] => {
  const shown = printed === undefined ? {} : { printed }
  const context = { ...boundaryContext(input), ...requestTagContext(input.Tags) }
  const create = { action: `iam:Create${noun}`, resource, ...shown, context }
  return input.Tags?.length ? [create, { ...create, action: `iam:Tag${noun}` }] : [create]
}

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
  const where = { resource, ...(printed === undefined ? {} : { printed }) }
  const tags = requestTagContext(input.Tags)
  const create = { action: `iam:Create${noun}`, ...where, context: { ...boundaryContext(input), ...tags } }
  return input.Tags?.length ? [create, { action: `iam:Tag${noun}`, ...where, context: tags }] : [create]
}

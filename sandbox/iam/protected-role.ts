import { AwsError } from '../errors.ts'
import type { Entity } from './entities.ts'

/** Roles under these paths belong to AWS: only AWS changes them. */
const isProtected = ({ Path }: Pick<Entity, 'Path'>): boolean => /^\/aws-(service-role|reserved)\//.test(Path)

/** Throws UnmodifiableEntity for a service-linked role. Users and groups cannot lie under those paths. */
export const refuseProtected = (entity: Entity): void => {
  if (!('RoleName' in entity) || !isProtected(entity)) return
  const text = `Cannot perform the operation on the protected role '${entity.RoleName}' - this role is only modifiable by AWS`
  throw new AwsError('UnmodifiableEntity', 400, text)
}

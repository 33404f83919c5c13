import type { User } from './entities.ts'
import { boundaryOutput } from './permissions-boundary.ts'

/** ListUsers and GetGroup show no tags and no boundary. */
export const listedUser = (user: User) => ({
  Path: user.Path,
  UserName: user.UserName,
  UserId: user.UserId,
  Arn: user.Arn,
  CreateDate: new Date(user.CreateDate),
})

export const describedUser = (user: User) => ({
  ...listedUser(user),
  ...boundaryOutput(user.PermissionsBoundary),
  ...(user.Tags.length === 0 ? {} : { Tags: user.Tags }),
})

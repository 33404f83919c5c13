import { createHash } from 'node:crypto'
import { AwsError } from '../errors.ts'
import type { Call, Secrets } from '../operation.ts'
import type { Repository } from './entities.ts'

const oneHour = 60 * 60 * 1000

/** What a download token is made for. It begins with no letters of an access key id, so it opens nothing else. */
const subject = (path: string): string => `layer-${createHash('sha256').update(path).digest('hex')}`

/** Where AWS gives a presigned S3 URL, the sandbox gives one of its own: one layer, one hour. */
export const layerUrl = (
  { client, secrets, region, now }: Pick<Call, 'client' | 'secrets' | 'region' | 'now'>,
  { registryId, repositoryName }: Repository,
  digest: string,
): string => {
  if (client.origin === undefined) {
    throw new AwsError('NotImplemented', 501, 'ecr:GetDownloadUrlForLayer is not implemented by the sandbox')
  }
  const path = `/layers/${registryId}/${region}/${repositoryName}/${digest}`
  const token = secrets.registryPassword(subject(path), now + oneHour)
  return `${client.origin}${path}?token=${encodeURIComponent(token)}`
}

/** The digest that a download URL of ours stands for; null when the token is not ours, not this path's, or has expired. */
export const layerOfUrl = (path: string, token: string, secrets: Secrets, now: number): string | null => {
  const grant = secrets.readRegistryPassword(token)
  if (grant === null || grant.accessKeyId !== subject(path) || grant.expiresAt <= now) return null
  return path.slice(path.lastIndexOf('/') + 1)
}

import { AwsError } from '../errors.ts'
import type { HttpAnswer } from '../wire/exchange.ts'
import { callEcr } from './call-ecr.ts'
import type { DockerClient } from './credentials.ts'
import type { RegistryRequest } from './index.ts'
import type { Route } from './route.ts'

/** GET is ListImages, to its last page. */
export const listTags = async (
  docker: DockerClient,
  { method }: RegistryRequest,
  { name }: Route,
): Promise<HttpAnswer> => {
  if (method !== 'GET') throw new AwsError('UNSUPPORTED', 405, `${method} of tags is not implemented by the sandbox`)
  const tags: string[] = []
  let nextToken: unknown
  do {
    const page = await callEcr(docker, 'ListImages', {
      repositoryName: name,
      maxResults: 1000,
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    for (const { imageTag } of page.imageIds as { imageTag?: string }[]) if (imageTag !== undefined) tags.push(imageTag)
    nextToken = page.nextToken ?? undefined
  } while (nextToken !== undefined)
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name, tags }) }
}

import type { AccessDecision } from '../../assertions/index.ts'

/** Does a change of this name touch whoever asks, or what is asked about? Names are words: `ecr_access_teama_role ecr_access_testing`. */
export function concerns(
  { name }: { name: string },
  { principal, resource }: Pick<AccessDecision, 'principal' | 'resource'>,
): boolean {
  const words = name.split(/[\s:]+/)
  return [nameIn(principal), nameIn(resource)].some(each => each !== null && words.includes(each))
}

/** `team-a/alpine` of a repository, `r` of `assumed-role/r/s`, `u` of `user/path/u`; null: it has none. */
export function nameIn(arn: string | null): string | null {
  const path = arn?.split(':').slice(5).join(':') ?? ''
  const [type = '', ...rest] = path.split('/')
  if (rest.length === 0) return null
  if (type === 'repository') return rest.join('/')
  return (type === 'assumed-role' ? rest[0] : rest.at(-1)) ?? null
}

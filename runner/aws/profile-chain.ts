/** What the person's AWS files say of one profile, keys as they stand there. */
export type ProfileData = Readonly<Record<string, string | undefined>>
export type Profiles = Readonly<Record<string, ProfileData | undefined>>

export interface Link {
  name: string
  data: ProfileData
}

/** Named as the SDK names what keeps it from having credentials. */
export const unusable = (message: string): Error =>
  Object.assign(new Error(message), { name: 'CredentialsProviderError' })

/** All profiles of the config and the credentials file, read anew. */
export async function knownProfiles(): Promise<Profiles> {
  const { parseKnownFiles } = await import('@smithy/core/config')
  return parseKnownFiles({ ignoreCache: true })
}

export const hasKeys = ({ aws_access_key_id, aws_secret_access_key }: ProfileData): boolean =>
  aws_access_key_id !== undefined && aws_secret_access_key !== undefined

/**
 * A profile and, where it assumes a role, the profiles on the way to the keys that it is assumed with, as the SDK goes: keys of a source come
 * before its role.
 *
 * @throws Error when one of them is in no file
 */
export function chainOf(profile: string, profiles: Profiles): Link[] {
  const links: Link[] = []
  let next: string | undefined = profile
  while (next !== undefined && !links.some(({ name }) => name === next)) {
    const name: string = next
    const data: ProfileData | undefined = profiles[name]
    const before = links.at(-1)
    if (!data)
      throw unusable(
        before
          ? `there is no profile \`${name}\`, which is the source_profile of \`${before.name}\``
          : `there is no profile \`${name}\``,
      )
    links.push({ name, data })
    next = data.role_arn !== undefined && (before === undefined || !hasKeys(data)) ? data.source_profile : undefined
  }
  return links
}

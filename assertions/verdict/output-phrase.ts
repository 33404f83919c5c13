/** Lists of AWS's answers: the word for one element, and the member that names it. */
const lists: Record<string, readonly [noun: string, label: string]> = {
  imageIds: ['image', 'imageTag'],
  imageDetails: ['image', 'imageTags'],
  images: ['image', 'imageId'],
  repositories: ['repository', 'repositoryName'],
  Roles: ['role', 'RoleName'],
  Users: ['user', 'UserName'],
  Policies: ['policy', 'PolicyName'],
  AttachedPolicies: ['policy', 'PolicyName'],
  PolicyNames: ['policy', ''],
  AccessKeyMetadata: ['access key', 'AccessKeyId'],
}

const mostNamed = 3

const plural = (noun: string) => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`)

const nameOf = (element: unknown, label: string): string[] => {
  if (typeof element === 'string') return [element]
  if (typeof element !== 'object' || element === null) return []
  const value = (element as Record<string, unknown>)[label]
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return [first]
  return typeof first === 'object' && first !== null ? nameOf(first, 'imageTag') : []
}

/** What an answer held, in a few words: `1 image (v1)`; null when there is nothing worth a word. */
export const outputPhrase = (output: unknown): string | null => {
  if (typeof output !== 'object' || output === null) return null
  for (const [member, [noun, label]] of Object.entries(lists)) {
    const list = (output as Record<string, unknown>)[member]
    if (!Array.isArray(list)) continue
    const names = list.flatMap(element => nameOf(element, label))
    const listed =
      names.length === 0 ? '' : ` (${names.slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ', …' : ''})`
    return `${list.length === 0 ? 'no' : list.length} ${list.length === 1 ? noun : plural(noun)}${listed}`
  }
  return null
}

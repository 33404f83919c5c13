import type { Denial } from '../outcome.ts'

type Reasoned = Pick<Denial, 'decision' | 'policyType' | 'action'>

/** `identity-based policy`, `permissions boundary`: the policy type as it stands in AWS's sentence. */
export const policyTypeWords = (type: NonNullable<Denial['policyType']>): string =>
  type.endsWith('-based') ? `${type} policy` : type

const article = (words: string) => {
  if (words === 'role trust policy') return 'the'
  return words.startsWith('identity') ? 'an' : 'a'
}

/** AWS's clause without its `because`: `no identity-based policy allows ecr:ListImages`, `with an explicit deny in a ...`. */
export const reasonPhrase = ({ decision, policyType, action }: Reasoned): string | null => {
  if (decision === null) return policyType === null ? null : `by a ${policyTypeWords(policyType)}`
  const words = policyType === null ? null : policyTypeWords(policyType)
  if (decision === 'explicitDeny')
    return `with an explicit deny${words === null ? '' : ` in ${article(words)} ${words}`}`
  return `no ${words ?? 'policy'} allows ${action ?? 'the action'}`
}

import { parseDenial } from '../denial/parse-denial.ts'
import { expectedDenial } from './expected-denial.ts'
import { saysAnything } from './placeholders.ts'

/** Words of AWS's sentence that stand in every denial. */
const everywhere = new Set(
  'user is not authorized to perform on resource an error occurred when calling the operation access denied'.split(' '),
)

const isFrameOnly = (text: string) =>
  (text.match(/[A-Za-z0-9]+/g) ?? []).every(word => everywhere.has(word.toLowerCase()))

/**
 * Why a `deny:` text cannot be meant, for the check of a lab before it runs; null when it can.
 * Refused are a text that says nothing (`...`) or only what every denial says, a single word that names no field (`any`), and what is no denial at all.
 */
export const denyProblem = (text: string): string | null => {
  if (!saysAnything(text) || isFrameOnly(text)) return 'names nothing that another denial would not say'
  const { notDenial } = parseDenial(text)
  const { text: words } = expectedDenial(text)
  if (words === null || notDenial === null) return null
  if (notDenial.code !== null) return `is no denial: ${notDenial.meaning}`
  return /\s/.test(words.trim()) ? null : `\`${words}\` names no field of a denial`
}

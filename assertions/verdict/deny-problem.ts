import { parseDenial } from '../denial/parse-denial.ts'
import { expectedDenial } from './expected-denial.ts'
import { saysAnything } from './placeholders.ts'

/**
 * Why a `deny:` text cannot be meant, for the check of a lab before it runs; null when it can.
 * Refused are a text that says nothing (`...`), a single word that names no field (`any`), and what is no denial at all.
 */
export const denyProblem = (text: string): string | null => {
  if (!saysAnything(text)) return 'names nothing'
  const { notDenial } = parseDenial(text)
  const { text: words } = expectedDenial(text)
  if (words === null || notDenial === null) return null
  if (notDenial.code !== null) return `is no denial: ${notDenial.meaning}`
  return /\s/.test(words.trim()) ? null : `\`${words}\` names no field of a denial`
}

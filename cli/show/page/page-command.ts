import { quoteBash } from '../../shell/quote.ts'

/** What stands in a page for the account and the region that it was made for: whose page it is, sets them. */
export interface PageVariables {
  /** Value by name of the variable. */
  values: Readonly<Record<string, string>>
}

const longest = 90

/** A command as a page shows it: an option a line where it is long, documents over several lines. */
export const pageCommand =
  (variables: PageVariables) =>
  (words: readonly string[]): string => {
    const written = words.map(word => pageWord(word, variables))
    const line = written.join(' ')
    if (words[0] !== 'aws' || (line.length <= longest && !line.includes('\n'))) return line
    const parts: string[] = []
    for (const word of written) {
      if (parts.length === 0 || word.startsWith('--')) parts.push(word)
      else parts[parts.length - 1] += ` ${word}`
    }
    return parts.join(' \\\n  ')
  }

/** A word for bash with the page's variables in it: they are spliced into single quotes, and stand in double ones. */
export function pageWord(word: string, { values }: PageVariables): string {
  // A document stands under its option.
  const text = /^\s*\{[\s\S]*\}\s*$/.test(word) ? word.trim().replaceAll('\n', '\n  ') : word
  const names = new Map(Object.entries(values).map(([name, value]) => [value, name]))
  if (names.size === 0) return quoteBash(text)
  const known = new RegExp(`(?<![A-Za-z0-9_])(${[...names.keys()].join('|')})(?![A-Za-z0-9_])`, 'g')
  if (!known.test(text)) return quoteBash(text)
  const plain = /^[\w@%+=:,./*-]+$/.test(text)
  if (plain) return `"${text.replaceAll(known, found => `\${${names.get(found)}}`)}"`
  return `'${text.replaceAll("'", `'\\''`).replaceAll(known, found => `'"$${names.get(found)}"'`)}'`
}

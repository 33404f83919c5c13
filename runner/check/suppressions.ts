import type { Place } from '../definition/index.ts'
import type { Finding } from './finding.ts'

/** `# lab-check-disable-line RULE: REASON` at the end of a line, or `# lab-check-disable-next-line RULE: REASON` above it. */
export interface Suppression {
  rules: readonly string[]
  reason: string | null
  /** The line that it speaks of. */
  line: number
  place: Place
}

const comment = /(?:^|\s)#\s*lab-check-disable-(next-)?line\b[ \t]*([^:\n]*)(?::[ \t]*(.*))?$/

/** The comments of a YAML text that take findings back. */
export function suppressionsIn(file: string, text: string): Suppression[] {
  return text.split(/\r?\n/).flatMap((line, index): Suppression[] => {
    const found = comment.exec(line)
    if (!found) return []
    const [whole, next, names = '', reason = ''] = found
    const column = found.index + whole.indexOf('#') + 1
    return [
      {
        rules: names.split(/[\s,]+/).filter(name => name !== ''),
        reason: reason.trim() === '' ? null : reason.trim(),
        line: index + (next ? 2 : 1),
        place: { file, line: index + 1, column },
      },
    ]
  })
}

/** true: the comment speaks of the finding's line, or of the line that names the document it is in. */
export const speaksOf = (suppression: Suppression, { rule, place, named }: Finding): boolean =>
  suppression.rules.includes(rule) &&
  [place, ...(named ? [named] : [])].some(
    ({ file, line }) => file === suppression.place.file && line === suppression.line,
  )

import type { ParsedScript, Word, WordPart } from 'unbash'
import type { ShellState } from './shell-state.ts'
import { unknown } from './trace.ts'

export interface Expander {
  state: ShellState
  /** What a substitution prints, as far as it is known. */
  substitute(script: ParsedScript): string
  /** Told of each variable that is used. */
  used(name: string, offset: number, quoted: boolean): void
}

/** A word as the shell would pass it on, as far as that is known. `split`: outside of quotes the shell splits what a variable holds. */
export function expand(word: Word, expander: Expander, split = true): string {
  if (word.parts === undefined) return word.value
  return expandParts(word.parts, expander, split)
}

export const expandParts = (parts: readonly WordPart[], expander: Expander, split: boolean): string =>
  parts.map(part => expandPart(part, expander, split)).join('')

function expandPart(part: WordPart, expander: Expander, split: boolean): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value
    case 'DoubleQuoted':
    case 'LocaleString':
      return expandParts(part.parts, expander, false)
    case 'SimpleExpansion':
      return variable(part.text.slice(1), part.pos, expander, split, null)
    case 'ParameterExpansion': {
      const { parameter, operation, index, prefix } = part
      const fallback =
        operation?.type === 'Default' && /[-=]/.test(operation.operator) ? expand(operation.operand, expander) : null
      const value = variable(parameter, part.pos, expander, split, fallback)
      const plain = operation === undefined || operation.type === 'Default'
      return plain && index === undefined && prefix === undefined ? value : unknown
    }
    case 'CommandExpansion':
      return part.script ? expander.substitute(part.script) : unknown
    case 'Glob':
      return part.text
    default:
      return unknown
  }
}

function variable(
  name: string,
  offset: number,
  { state, used }: Expander,
  split: boolean,
  fallback: string | null,
): string {
  if (fallback === null) used(name, offset, !split)
  return state.value(name) ?? fallback ?? unknown
}

import { compileGlob, type Matcher } from '../glob.ts'
import { expand, isFixed, parseTemplate, type Template, type TemplatePiece, type VariableValues } from '../variables.ts'
import { both } from './operator.ts'

/** The six parts of a pattern. A colon inside a variable's name or value separates nothing. */
function partsOf(template: Template): Template[] {
  const parts: TemplatePiece[][] = [[]]
  for (const piece of template) {
    if (typeof piece !== 'string') {
      parts.at(-1)?.push(piece)
      continue
    }
    for (const [i, text] of piece.split(':').entries()) {
      if (i > 0) {
        if (parts.length < 6) parts.push([])
        else parts.at(-1)?.push(':')
      }
      if (text !== '') parts.at(-1)?.push(text)
    }
  }
  return parts
}

/** The six parts of a value; the sixth keeps its colons. null: it is no ARN. */
function split(value: string): string[] | null {
  const parts = value.split(':')
  return parts.length < 6 ? null : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

/** ArnEquals and ArnLike are the same: each part is globbed on its own. Source: IAM User Guide, condition_operators#Conditions_ARN. */
export const [ArnLike, ArnNotLike] = both((value, variables, path) => {
  const parts = partsOf(parseTemplate(value, { variables, wildcards: true }, path))
  if (parts.length < 6) return () => false
  const fixed = parts.map((part): Matcher | null => (isFixed(part) ? compileGlob(part) : null))
  const partMatches = (index: number, text: string, values: VariableValues) => {
    const matcher = fixed[index]
    if (matcher) return matcher.matches(text)
    const pieces = expand(parts[index] ?? [], values)
    return pieces !== null && compileGlob(pieces).matches(text)
  }
  return (actual, values) => split(String(actual))?.every((text, index) => partMatches(index, text, values)) ?? false
})
export const [ArnEquals, ArnNotEquals] = [ArnLike, ArnNotLike]

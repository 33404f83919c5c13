import { ANY, ONE, type Piece } from './glob.ts'
import { PolicyError, shown } from './policy-error.ts'

/** `${key}` or `${key, 'default'}`; the name in lower case, since key names have no case. */
export interface Variable {
  readonly key: string
  readonly fallback: string | null
}

export type TemplatePiece = Piece | Variable
export type Template = readonly TemplatePiece[]

/** The value of a single-valued context key, by its name in lower case; null: it has none, or several. */
export interface VariableValues {
  single(key: string): string | null
}

const variableForm = /\$\{(?:([*?$])|([^,{}']+)(?:,\s*'([^']*)')?)\}/y

/**
 * Reads a value with policy variables (version 2012-10-17 only) and, where the operator has them, wildcards.
 * `${*}`, `${?}` and `${$}` are the literal characters. Source: IAM User Guide, reference_policies_variables.
 * @throws PolicyError `InvalidVariable` for `${` that starts no variable
 */
export function parseTemplate(text: string, has: { variables: boolean; wildcards: boolean }, path?: string): Template {
  if (!(has.variables && text.includes('${')) && !(has.wildcards && /[*?]/.test(text))) return [text]
  const pieces: TemplatePiece[] = []
  let literal = ''
  const flush = (piece: TemplatePiece) => {
    if (literal !== '') pieces.push(literal)
    literal = ''
    pieces.push(piece)
  }
  for (let i = 0; i < text.length; ) {
    const char = text.charAt(i)
    if (has.variables && char === '$' && text.charAt(i + 1) === '{') {
      variableForm.lastIndex = i
      const [whole, escaped, key, fallback] = variableForm.exec(text) ?? []
      if (whole === undefined) {
        throw new PolicyError(
          'InvalidVariable',
          `expected a policy variable like \`\${aws:username}\`, found ${shown(text.slice(i))}`,
          path,
        )
      }
      if (escaped !== undefined) literal += escaped
      else if (key !== undefined) flush({ key: key.trim().toLowerCase(), fallback: fallback ?? null })
      i += whole.length
      continue
    }
    if (has.wildcards && char === '*') flush(ANY)
    else if (has.wildcards && char === '?') flush(ONE)
    else literal += char
    i += 1
  }
  if (literal !== '' || pieces.length === 0) pieces.push(literal)
  return pieces
}

const isVariable = (piece: TemplatePiece): piece is Variable => typeof piece === 'object'

export const isFixed = (template: Template): template is readonly Piece[] => !template.some(isVariable)

/** The template with values put in as plain text: a `*` inside a value is no wildcard. null: a variable has neither value nor default. */
export function expand(template: Template, values: VariableValues): Piece[] | null {
  const pieces: Piece[] = []
  for (const piece of template) {
    if (!isVariable(piece)) pieces.push(piece)
    else {
      const value = values.single(piece.key) ?? piece.fallback
      if (value === null) return null
      pieces.push(value)
    }
  }
  return pieces
}

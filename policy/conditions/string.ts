import { compileGlob } from '../glob.ts'
import { expand, isFixed, parseTemplate } from '../variables.ts'
import { both, type ValueTest } from './operator.ts'

const equality =
  (fold: (text: string) => string) =>
  (value: string, variables: boolean, path: string): ValueTest => {
    const template = parseTemplate(value, { variables, wildcards: false }, path)
    if (isFixed(template)) {
      const wanted = fold(template.join(''))
      return actual => fold(String(actual)) === wanted
    }
    return (actual, values) => {
      const pieces = expand(template, values)
      return pieces !== null && fold(pieces.join('')) === fold(String(actual))
    }
  }

export const [StringEquals, StringNotEquals] = both(equality(text => text))
export const [StringEqualsIgnoreCase, StringNotEqualsIgnoreCase] = both(equality(text => text.toLowerCase()))

/** Glob over the whole value; `*` reaches over `:` and `/`. */
export const [StringLike, StringNotLike] = both((value, variables, path) => {
  const template = parseTemplate(value, { variables, wildcards: true }, path)
  if (isFixed(template)) {
    const glob = compileGlob(template)
    return actual => glob.matches(String(actual))
  }
  return (actual, values) => {
    const pieces = expand(template, values)
    return pieces !== null && compileGlob(pieces).matches(String(actual))
  }
})

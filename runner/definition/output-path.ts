import { didYouMean } from './nearest-name.ts'
import { isListShape, type OutputShape } from './operations.ts'

/** Why a path does not lead to a value in an operation's output; null: it does. */
export function outputFault(
  output: OutputShape,
  path: readonly (string | number)[],
  operation: string,
): { message: string; hint: string | null } | null {
  let shape: OutputShape = output
  let holder = `the output of ${operation}`
  for (const segment of path) {
    if (shape === 1 || shape === 2)
      return { message: `${holder} is a plain value, found \`.${segment}\` after it`, hint: null }
    if (isListShape(shape)) {
      if (!/^\d+$/.test(String(segment)))
        return { message: `${holder} is a list, expected a position such as \`[0]\`, found \`${segment}\``, hint: null }
      shape = shape[0]
    } else {
      const next: OutputShape | undefined = shape[segment] ?? shape['*']
      if (next === undefined)
        return {
          message: `${holder} has no \`${segment}\``,
          hint: didYouMean(String(segment), Object.keys(shape), 'it has'),
        }
      shape = next
    }
    holder = `\`${segment}\``
  }
  return shape === 2
    ? {
        message: `${holder} is a secret, which templates do not give out`,
        hint: 'use `as:` with an identity, or write-profile',
      }
    : null
}

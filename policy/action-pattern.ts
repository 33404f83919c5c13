import { compileGlob, toPieces } from './glob.ts'
import { PolicyError, shown } from './policy-error.ts'

export interface ActionPattern {
  readonly text: string
  /** @param action in lower case: action names have no case. */
  matches(action: string): boolean
}

/** @throws PolicyError `InvalidAction` when it is neither `*` nor `service:Name` */
export function compileAction(text: string, path: string): ActionPattern {
  if (!/^\*+$/.test(text) && !/^[^:]+:[^:]+$/.test(text)) {
    throw new PolicyError(
      'InvalidAction',
      `expected an action like \`ecr:ListImages\` or \`*\`, found ${shown(text)}`,
      path,
    )
  }
  const glob = compileGlob(toPieces(text.toLowerCase()))
  return { text, matches: action => glob.matches(action) }
}

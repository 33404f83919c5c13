import type { Place } from '../../definition/index.ts'
import type { Page, PageCommand } from '../parse/page.ts'

/** Stands in a text for what is known only when the page runs. */
export const unknown = '�'

/** A place where a command sends what it prints. */
export interface Written {
  path: string
  /** The same as the command says it, variables filled in. */
  word: string
  /** It adds to what is there. */
  appends: boolean
  place: Place
}

/** A variable that a command uses. */
export interface VariableUse {
  name: string
  place: Place
  /** Between double quotes, or where the shell does not split it. */
  quoted: boolean
  /** Its value as far as it is known; null: nothing sets it. */
  value: string | null
}

/** One program of a page with its words filled in, as far as that can be told without running it. */
export interface Ran {
  page: Page
  command: PageCommand
  name: string
  /** Its arguments; `unknown` stands in them for what is not known. */
  args: readonly string[]
  place: Place
  /** Where each argument begins. */
  places: readonly Place[]
  written: readonly Written[]
  /** Its place in a pipe, from 0, and how many programs that has. */
  pipe: { index: number; of: number; checked: boolean }
  /** The variable that takes what it prints: `ARN=$(aws ...)`. */
  into: { variable: string; hidden: boolean } | null
  /** What stands on its standard input, where that is known. */
  input: string | null
}

/** All that reading pages in order tells of them. */
export interface Trace {
  ran: readonly Ran[]
  uses: readonly VariableUse[]
  /** Every text of a page with its variables filled in: values, arguments, here-documents. */
  texts: readonly { text: string; place: Place }[]
  /** What a page has written by the name it was written under; null: not known. */
  files: ReadonlyMap<string, string | null>
}

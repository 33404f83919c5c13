/** An "output looks like" block: what the page says a command prints. */
export interface OutputBlock {
  text: string
  /** First and last line of the content in the file, from 1; last < first where it is empty. */
  firstLine: number
  lastLine: number
  /** The language written on the fence; '' for none. */
  language: string
}

/** A command as a reader pastes it: one statement, or several that stand on one line. */
export interface PageCommand {
  /** `step-8`, `step-1-2`: the number of the list item it stands under, else `block-3`. Unique in the page. */
  id: string
  text: string
  /** Line of the file it begins on, from 1. */
  line: number
  output: OutputBlock | null
  mode: 'run' | 'background' | 'skip'
  /** Why it is skipped. */
  reason: string | null
  /** Milliseconds; null: the session's own. */
  timeout: number | null
}

/** A workshop page, read. */
export interface Page {
  /** Absolute. */
  file: string
  title: string
  /** Labs whose steps come first; null: the page does not say. */
  needs: readonly string[] | null
  /** Variables that an absent page would have set. */
  env: Readonly<Record<string, string>>
  commands: readonly PageCommand[]
  /** As it is in the file. */
  source: string
}

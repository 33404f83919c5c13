import { parse } from 'unbash'
import type { Page } from '../parse/page.ts'
import { ScriptReader } from './script-reader.ts'
import { ShellState } from './shell-state.ts'
import type { Trace } from './trace.ts'

/** A page, and what an absent one would have set. */
export interface PageToRead {
  page: Page
  env: Readonly<Record<string, string>>
}

/** Reads pages in the order of their run, without running anything. What is skipped is not read. */
export function readTrace(pages: readonly PageToRead[]): Trace {
  const state = new ShellState({})
  const reader = new ScriptReader(state)
  for (const { page, env } of pages) {
    for (const [name, value] of Object.entries(env)) state.variables.set(name, value)
    for (const command of page.commands)
      if (command.mode !== 'skip') reader.readCommand(page, command, parse(command.text))
  }
  return { ran: reader.ran, uses: reader.uses, texts: reader.texts, files: state.files }
}

import type { Place } from '../../definition/index.ts'
import type { Page, PageCommand } from '../parse/page.ts'

/** Gives places of the file for offsets of a command's text. */
export function placesIn(page: Page, command: PageCommand): (offset: number) => Place {
  const lines = page.source.split(/\r?\n/)
  return offset => {
    const before = command.text.slice(0, offset).split('\n')
    const line = command.line + before.length - 1
    const own = command.text.split('\n')[before.length - 1] ?? ''
    const indent = Math.max(0, (lines[line - 1] ?? '').indexOf(own))
    return { file: page.file, line, column: indent + (before.at(-1)?.length ?? 0) + 1 }
  }
}

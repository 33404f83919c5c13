import { closesFence, fence } from '../parse/plain-markdown.ts'
import type { Drift } from './drift.ts'

/**
 * Lengthens, in the lines of a page, the fences around blocks whose new text holds as many of their marks: it would end them early.
 * The lines stay as many as they are.
 */
export function lengthenFences(lines: string[], drifts: readonly Drift[]): void {
  for (const { open, close, marks } of fencesIn(lines)) {
    const inside = drifts.filter(({ block }) => open < block.firstLine - 1 && block.firstLine - 1 < close)
    const runs = inside.flatMap(({ text }) => text.match(new RegExp(`${marks[0]}+`, 'g')) ?? [])
    const longest = Math.max(0, ...runs.map(run => run.length))
    if (longest < marks.length) continue
    const longer = (marks[0] ?? '').repeat(longest + 1)
    for (const at of [open, close].filter(each => each < lines.length))
      lines[at] = (lines[at] ?? '').replace(new RegExp(`${marks[0]}{3,}`), longer)
  }
}

/** `open` and `close` are indices of lines; `close` is behind the last line where nothing closes it. */
function fencesIn(lines: readonly string[]): { open: number; close: number; marks: string }[] {
  const found: { open: number; close: number; marks: string }[] = []
  let inside: { open: number; close: number; marks: string } | null = null
  for (const [index, line] of lines.entries()) {
    if (inside && closesFence(inside.marks, line)) {
      inside.close = index
      inside = null
    } else if (!inside) {
      const marks = fence.exec(line)?.[2]
      if (marks === undefined) continue
      inside = { open: index, close: lines.length, marks }
      found.push(inside)
    }
  }
  return found
}

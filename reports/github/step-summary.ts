import { markdownBlock, markdownText } from '../words/markdown-text.ts'

const note = '\n\nThe rest does not fit into a summary: see the reports.\n'
const bytes = (text: string): number => Buffer.byteLength(text)

/** Markdown of at most `room` bytes, cut between sections and saying so; GitHub drops a summary that is too large as a whole. */
export function stepSummary(markdown: string, room: number): string {
  if (bytes(markdown) <= room) return markdown
  let kept = ''
  let size = bytes(note)
  for (const section of markdown.split(/(?=\n\n### )/)) {
    size += bytes(section)
    if (size > room) break
    kept += section
  }
  return kept === '' ? '' : `${kept.trimEnd()}${note}`
}

/** Of a command that has no report to tell: why, as it said it. */
export const stoppedSummary = (heading: string, lines: readonly string[]): string =>
  `## AccessLab ${markdownText(heading)}\n\n${markdownBlock(lines.join('\n'))}\n\n`

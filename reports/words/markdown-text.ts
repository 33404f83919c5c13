import { cleanText, oneLine } from './clean-text.ts'

/** Text that means nothing to Markdown: no markup, no HTML, no mention, no end of a table's cell. */
export const markdownText = (text: string): string =>
  oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\*_{}[\]()#+!|~]/g, '\\$&')
    .replaceAll('`', '&#96;')
    .replaceAll('@', '&#64;')

/** As code in a line; a backtick inside cannot end it. */
export const markdownCode = (text: string): string => {
  const line = oneLine(text).replaceAll('|', '\\|')
  const fence = '`'.repeat(longestRun(line) + 1)
  return line.startsWith('`') || line.endsWith('`') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

/** As a block of code. */
export const markdownBlock = (text: string): string => {
  const clean = cleanText(text)
  const fence = '`'.repeat(Math.max(3, longestRun(clean) + 1))
  return `${fence}text\n${clean}\n${fence}`
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length))

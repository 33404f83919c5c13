/** A section's header line: `[name]`, blanks and a trailing comment allowed, as the AWS CLI reads it. */
const header = /^[ \t]*\[([^\]\r\n]*)\]/

/** A line that says nothing to a program: blank, or a comment that is not our mark. */
const idle = /^[ \t]*(?:[#;](?! accesslab:)[^\n]*)?\r?\n?$/

/** In the first profile that was put behind a last line without an end: the end goes with it. */
const unended = '# accesslab:no-newline before this profile'

interface Line {
  /** With its line ending. */
  text: string
  section: string | null
}

/**
 * The file line by line, each with the section it stands in. Blank lines and comments after a section's last entry are nobody's: a person
 * writes them above what comes next.
 */
function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let section: string | null = null
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const match = header.exec(line)
    if (match) section = (match[1] ?? '').trim()
    lines.push({ text: line, section })
  }
  let after: string | null | undefined
  for (const line of lines.toReversed()) {
    const { section: own } = line
    if (own !== after && idle.test(line.text)) line.section = null
    else after = own
  }
  return lines
}

/** The lines of a profile, without its header; null where the file has no such profile. */
export function readProfile(text: string, name: string): string[] | null {
  const lines = linesOf(text).filter(line => line.section === name)
  if (lines.length === 0) return null
  return lines.flatMap((line, index) => (index === 0 || isUnended(line) ? [] : [line.text.trim()]))
}

/**
 * Sets a profile's lines in a credentials file's text. Every byte outside the profile stays; the file's own line ending is used. A profile
 * that is there is replaced where it stands, a new one is put at the end, after a blank line.
 */
export function setProfile(text: string, name: string, lines: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const all = linesOf(text)
  const first = all.findIndex(line => line.section === name)
  const ends = text === '' || text.endsWith('\n')
  const marked = first < 0 ? !ends : all.some(line => line.section === name && isUnended(line))
  const body = [`[${name}]`, ...(marked ? [unended] : []), ...lines].map(line => line + eol).join('')
  if (first >= 0) return join(all.slice(0, first)) + body + join(others(all.slice(first), name))
  const gap = text === '' ? '' : ends ? eol : eol + eol
  return text + gap + body
}

/** Takes a profile out of a credentials file's text, and what setProfile put before it: the blank line, and the end of a last line that had none. */
export function removeProfile(text: string, name: string): string {
  const all = linesOf(text)
  const first = all.findIndex(line => line.section === name)
  if (first < 0) return text
  const before = all.slice(0, first)
  if (before.at(-1)?.text.trim() === '') before.pop()
  const rest = others(all.slice(first), name)
  if (!all.some(line => line.section === name && isUnended(line))) return join(before) + join(rest)
  if (rest.length === 0) return join(before).replace(/\r?\n$/, '')
  return join(before) + join(handedOn(rest))
}

/** The next profile of ours stands where the first one stood: the mark goes on to it. */
function handedOn(rest: readonly Line[]): Line[] {
  const at = rest.findIndex(line => line.section !== null)
  const next = rest[at]
  const ours = next && rest.some(line => line.section === next.section && line.text.startsWith('# accesslab:run '))
  if (!ours) return [...rest]
  const eol = next.text.endsWith('\r\n') ? '\r\n' : '\n'
  return [...rest.slice(0, at + 1), { text: unended + eol, section: next.section }, ...rest.slice(at + 1)]
}

const isUnended = (line: Line): boolean => line.text.trim() === unended

const others = (lines: readonly Line[], name: string) => lines.filter(line => line.section !== name)

const join = (lines: readonly Line[]): string => lines.map(line => line.text).join('')

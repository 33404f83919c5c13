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
  /** Which header it stands below: a name may head two sections, of two people. */
  block: number
}

/**
 * The file line by line, each with the section it stands in. Blank lines and comments after a section's last entry are nobody's: a person
 * writes them above what comes next.
 */
function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let section: string | null = null
  let block = 0
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const match = header.exec(line)
    if (match) {
      section = (match[1] ?? '').trim()
      block++
    }
    lines.push({ text: line, section, block })
  }
  let after: number | undefined
  for (const line of lines.toReversed())
    if (line.block !== after && idle.test(line.text)) line.section = null
    else after = line.block
  return lines
}

/** The lines of a profile, without its header; null where the file has no such profile. */
export const readProfile = (text: string, name: string): string[] | null => readProfiles(text, name)[0] ?? null

/** The lines of each profile of a name: a file may have several, of several writers. */
export function readProfiles(text: string, name: string): string[][] {
  const all = linesOf(text)
  return blocksOf(all, name).map(block =>
    all.filter(inBlock(block)).flatMap((line, at) => (at === 0 || isUnended(line) ? [] : [line.text.trim()])),
  )
}

const blocksOf = (lines: readonly Line[], name: string): number[] => [
  ...new Set(lines.flatMap(line => (line.section === name ? [line.block] : []))),
]

const inBlock =
  (block: number) =>
  (line: Line): boolean =>
    line.block === block && line.section !== null

/**
 * Sets a profile's lines in a credentials file's text. Every byte outside the profile stays; the file's own line ending is used. A profile
 * that is there is replaced where it stands, a new one is put at the end, after a blank line.
 */
export function setProfile(text: string, name: string, lines: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const all = linesOf(text)
  const [block] = blocksOf(all, name)
  const ends = text === '' || text.endsWith('\n')
  const marked = block === undefined ? !ends : all.some(line => inBlock(block)(line) && isUnended(line))
  const body = [`[${name}]`, ...(marked ? [unended] : []), ...lines].map(line => line + eol).join('')
  const gap = text === '' ? '' : ends ? eol : eol + eol
  if (block === undefined) return text + gap + body
  const [before, rest] = around(all, block)
  return join(before) + body + join(rest)
}

/**
 * Takes a profile out of a credentials file's text, and what setProfile put before it: the blank line, and the end of a last line that had none.
 *
 * @param isOurs which of several profiles of the name, by its lines: the first it holds of goes, others stay
 */
export function removeProfile(text: string, name: string, isOurs: (lines: string[]) => boolean = () => true): string {
  const all = linesOf(text)
  const block = blocksOf(all, name)[readProfiles(text, name).findIndex(isOurs)]
  if (block === undefined) return text
  const [before, rest] = around(all, block)
  if (before.at(-1)?.text.trim() === '') before.pop()
  if (!all.some(line => inBlock(block)(line) && isUnended(line))) return join(before) + join(rest)
  if (rest.length === 0) return join(before).replace(/\r?\n$/, '')
  return join(before) + join(handedOn(rest))
}

/** What stands before a profile, and what after it. */
function around(lines: readonly Line[], block: number): [before: Line[], rest: Line[]] {
  const first = lines.findIndex(inBlock(block))
  return [lines.slice(0, first), lines.slice(first).filter(line => !inBlock(block)(line))]
}

/** The next profile of ours stands where the first one stood: the mark goes on to it. */
function handedOn(rest: readonly Line[]): Line[] {
  const at = rest.findIndex(line => line.section !== null)
  const next = rest[at]
  const ours = next && rest.some(line => line.block === next.block && line.text.startsWith('# accesslab:run '))
  if (!ours) return [...rest]
  const eol = next.text.endsWith('\r\n') ? '\r\n' : '\n'
  return [...rest.slice(0, at + 1), { ...next, text: unended + eol }, ...rest.slice(at + 1)]
}

const isUnended = (line: Line): boolean => line.text.trim() === unended

const join = (lines: readonly Line[]): string => lines.map(line => line.text).join('')

/** A key with what stands after it on its line, and the lines below that belong to it. */
export interface Entry {
  text: string
  below: readonly string[]
}

export function emptyOrComment(line: string): boolean {
  let at = 0
  while (line[at] === ' ') at++
  return at === line.length || line[at] === '#'
}

/** Without the spaces around it. What else counts as white in JavaScript is text in YAML. */
export function bare(text: string): string {
  let [from, to] = [0, text.length]
  while (text[from] === ' ') from++
  while (to > from && text[to - 1] === ' ') to--
  return text.slice(from, to)
}

export const plainKey = /^[a-z][a-z-]*$/
/** What makes a line end elsewhere than YAML's plainest form does, or indents by something else than spaces. */
const unusual = ['\t', '\uFEFF', '\u2028', '\u2029']

/**
 * The top level of a YAML file in its plainest form, read without the parser, which takes longer to load than a catalogue to print. It goes
 * by lines and their first characters: this code runs once, so that neither it nor its expressions are ever compiled.
 * null: some line is not of that form, or a key stands twice, and it takes the parser to tell what the file says.
 */
export function topLevel(text: string): Map<string, Entry> | null {
  if (unusual.some(character => text.includes(character))) return null
  const lines = (text.includes('\r') ? text.replaceAll('\r\n', '\n') : text).split('\n')
  if (text.includes('\r') && lines.some(line => line.includes('\r'))) return null
  const entries = new Map<string, Entry>()
  let last: { key: string; text: string; from: number } | null = null
  for (let index = 0; index <= lines.length; index++) {
    const line = lines[index] ?? ''
    const first = line[0]
    if (index < lines.length && (first === undefined || first === ' ' || first === '#')) continue
    if (last !== null) entries.set(last.key, { text: last.text, below: lines.slice(last.from, index) })
    if (index === lines.length) break
    const colon = line.indexOf(':')
    const key = colon === -1 ? '' : line.slice(0, colon)
    const text = line.slice(colon + 1)
    if (!plainKey.test(key) || (text !== '' && text[0] !== ' ') || entries.has(key)) return null
    last = { key, text: bare(text), from: index + 1 }
  }
  return entries
}

/** A one-line text. null: it is none, or in a form that takes the parser. */
export function plainText({ text, below }: Entry): string | null {
  if (!below.every(line => emptyOrComment(line))) return null
  const [, double, single] = /^(?:"([^"\\]+)"|'([^']+)')$/.exec(text) ?? []
  if (double !== undefined || single !== undefined) return double ?? single ?? null
  const isPlain = /^[A-Za-z][^#]*$/.test(text) && !/: |:$/.test(text)
  return isPlain && !/^(?:true|false|null)$/i.test(text) ? text : null
}

/** A list of slugs, `[a, b]` on the line or `- a` on each of the next. null: as above. */
export function plainSlugs({ text, below }: Entry): string[] | null {
  const lines = below.filter(line => !emptyOrComment(line))
  const inline = /^\[(.*)\]$/.exec(text)?.[1]
  if (text !== '' && (inline === undefined || lines.length > 0)) return null
  const words =
    inline === undefined
      ? lines.map(line => /^ *- +(\S+)\s*$/.exec(line)?.[1] ?? '')
      : inline.split(',').map(word => word.trim())
  if (inline !== undefined && words.join('') === '') return []
  return words.every(word => /^[a-z][a-z0-9-]{0,63}$/.test(word)) && new Set(words).size === words.length ? words : null
}

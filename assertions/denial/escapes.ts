/** One unit of text as a log, a JSON string or an XML body writes it: what it stands for, and its length as written. */
export interface Unit {
  /** A character, `\n` or a blank, or '' for what says nothing (colours, zero-width characters). */
  char: string
  length: number
}

const entities = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['#39', "'"],
  ['#34', '"'],
  ['#x27', "'"],
  ['#x22', '"'],
])

const lookalikes = new Map([
  ['\u00a0', ' '],
  ['\u200b', ''],
  ['\ufeff', ''],
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ['\u2010', '-'],
  ['\u2011', '-'],
])

const readBackslashes = (text: string, at: number): Unit => {
  let end = at
  while (text[end] === '\\') end++
  const next = text[end] ?? ''
  if (next === 'n' || next === 'r') return { char: '\n', length: end + 1 - at }
  if (next === 't') return { char: ' ', length: end + 1 - at }
  if (next === '"' || next === "'" || next === '/') return { char: next, length: end + 1 - at }
  if (next === '\n' || next === '\r') return { char: '\n', length: end + 1 - at }
  if (next === 'u') {
    const hex = text.slice(end + 1, end + 5)
    if (/^[0-9a-fA-F]{4}$/.test(hex)) {
      const char = String.fromCharCode(Number.parseInt(hex, 16))
      return { char: lookalikes.get(char) ?? char, length: end + 5 - at }
    }
  }
  // A backslash that escapes nothing known is an escape cut in two, or Markdown's; no field of a denial holds one.
  return { char: '', length: end - at }
}

const readEntity = (text: string, at: number): Unit => {
  const end = text.slice(at, at + 7).indexOf(';')
  const char = end < 0 ? undefined : entities.get(text.slice(at + 1, at + end))
  return char === undefined ? { char: '&', length: 1 } : { char, length: end + 1 }
}

const readColour = (text: string, at: number): Unit => {
  let end = at + 1
  if (text[end] === '[') end++
  while (end < at + 20 && /[0-9;]/.test(text[end] ?? '')) end++
  return { char: '', length: Math.max(1, end + 1 - at) }
}

/** `<br>` of a page that was pasted with its tags. */
const readTag = (text: string, at: number): Unit => {
  const tag = /^<br ?\/?>/i.exec(text.slice(at, at + 6))?.[0]
  return tag === undefined ? { char: '<', length: 1 } : { char: '\n', length: tag.length }
}

/** The next unit of the text at `at`; box-drawing characters, which Terraform frames its errors with, are blanks. */
export const readUnit = (text: string, at: number): Unit => {
  const char = text[at] ?? ''
  if (char === '\\') return readBackslashes(text, at)
  if (char === '&') return readEntity(text, at)
  if (char === '<') return readTag(text, at)
  if (char === '\u001b') return readColour(text, at)
  if (char === '\r') return { char: '\n', length: 1 }
  if (char >= '\u2500' && char <= '\u257f') return { char: ' ', length: 1 }
  return { char: lookalikes.get(char) ?? char, length: 1 }
}

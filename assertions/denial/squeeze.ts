import { readUnit } from './escapes.ts'
import { commonLeader, skipLeaders } from './line-leaders.ts'

/**
 * A text without its white space. Clients break a message anywhere, within words too, so phrases are looked for here,
 * and what stood between two characters is asked only where it matters.
 */
export interface Squeezed {
  text: string
  /** The same with A-Z in lower case; same length. */
  lower: string
  /** What stood before each character: 0 nothing, 1 blanks, 2 a line break. One longer than the text. */
  gaps: Uint8Array
  /** Offset of each character in the text as given. One longer than the text. */
  at: Uint32Array
}

export const none = 0
export const blank = 1
export const lineBreak = 2

const isSpace = (char: string) => char === ' ' || char === '\t' || char === '\v' || char === '\f'

const lowerAscii = (text: string) => text.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** Within `<...>`, a `>` on the next line closes it and leads nothing. */
const longestPlaceholder = 40

/** Drops white space, line leaders, colours and frames, and undoes the escapes of JSON, logs and XML. Linear. */
export const squeeze = (source: string): Squeezed => {
  const gaps = new Uint8Array(source.length + 1)
  const at = new Uint32Array(source.length + 1)
  const common = commonLeader(source)
  let text = ''
  let gap = none
  let opened = -1
  let offset = skipLeaders(source, 0, common, false)
  while (offset < source.length) {
    const unit = readUnit(source, offset)
    if (unit.char === '\n') {
      gap = lineBreak
      const next = offset + unit.length
      const isOpen = opened >= 0 && text.length - opened < longestPlaceholder
      offset = skipLeaders(source, next, common, isOpen)
      continue
    }
    if (isSpace(unit.char)) gap = Math.max(gap, blank)
    else if (unit.char !== '') {
      gaps[text.length] = gap
      at[text.length] = offset
      if (unit.char === '<') opened = text.length
      if (unit.char === '>') opened = -1
      text += unit.char
      gap = none
    }
    offset += unit.length
  }
  gaps[text.length] = gap
  at[text.length] = source.length
  return { text, lower: lowerAscii(text), gaps: gaps.subarray(0, text.length + 1), at: at.subarray(0, text.length + 1) }
}

export const gapAt = (squeezed: Squeezed, index: number): number => squeezed.gaps[index] ?? none

/** Whether white space, or the text's edge, stands before the character at `index`. */
export const startsWord = (squeezed: Squeezed, index: number): boolean => index === 0 || gapAt(squeezed, index) > none

import { blank, gapAt, lineBreak, none, type Squeezed } from './squeeze.ts'

/** Where a value may be read: up to `limit`, exclusive; `cut` when that is the end of the whole text. */
export interface Region {
  squeezed: Squeezed
  limit: number
  cut: boolean
}

const closers = new Map([
  ['<', '>'],
  ['[', ']'],
  ['{', '}'],
])

const longestPlaceholder = 60

/** Index behind the placeholder (`<ACCOUNT_ID>`, `[account id]`, `${NAME}`) that opens at `from`, or `from` when none does (`</Message>` is none). */
export const skipPlaceholder = (region: Region, from: number): number => {
  const closer = closers.get(region.squeezed.text[from] ?? '')
  if (closer === undefined || region.squeezed.text[from + 1] === '/') return from
  const end = Math.min(region.limit, from + longestPlaceholder)
  for (let index = from + 1; index < end; index++) if (region.squeezed.text[index] === closer) return index + 1
  return from
}

/**
 * The value between two places, put together again: a line break outside a placeholder was a client's wrapping and is
 * dropped, a blank is kept. Null where that cannot be known: both occur, or a placeholder is broken over lines.
 */
export const join = (region: Region, start: number, end: number): string | null => {
  const { squeezed } = region
  const within = { ...region, limit: end }
  let value = ''
  let placeholder = start
  let hasBlank = false
  let hasBreak = false
  for (let index = start; index < end; index++) {
    if (index >= placeholder) placeholder = skipPlaceholder(within, index)
    const inside = index < placeholder
    const gap = index === start ? none : gapAt(squeezed, index)
    if (gap === lineBreak && inside && !opens(squeezed, index)) return null
    if (gap === blank) {
      value += ' '
      hasBlank ||= !inside
    }
    hasBreak ||= gap === lineBreak
    value += squeezed.text[index]
  }
  return hasBlank && hasBreak ? null : value
}

const opens = (squeezed: Squeezed, index: number) => closers.has(squeezed.text[index] ?? '')

/** Index behind quotes, dots and commas at `from`: what stands between two parts of a sentence. */
export const skipPunctuation = (region: Region, from: number): number => {
  let index = from
  while (index < region.limit && `"'\`.,…`.includes(region.squeezed.text[index] ?? '\0')) index++
  return index
}

/** The run of characters without white space that `pattern` admits, from `from`. */
export const readWord = (region: Region, from: number, pattern: RegExp): string => {
  const { squeezed, limit } = region
  let end = from
  while (end < limit && (end === from || gapAt(squeezed, end) === none) && pattern.test(squeezed.text[end] ?? '')) end++
  return squeezed.text.slice(from, end)
}

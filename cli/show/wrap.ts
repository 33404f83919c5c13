/**
 * Breaks a text at blanks into lines of at most `width` columns; null: one line. A word that is longer stands on a line of its own, whole:
 * an ARN that is cut can be neither searched nor copied.
 */
export function wrap(text: string, width: number | null): string[] {
  const words = text.split(/[ \t\r\n]+/).filter(word => word !== '')
  if (width === null) return [words.join(' ')]
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines
}

/** Wrapped, every line after `first` characters of indentation. */
export function indented(text: string, indent: string, width: number | null): string[] {
  return wrap(text, width === null ? null : Math.max(20, width - indent.length)).map(line => indent + line)
}

/** `label` once, the text beside it, further lines under the text. */
export function labelled(label: string, text: string, indent: string, width: number | null): string[] {
  const hanging = indent + ' '.repeat(label.length)
  return indented(text, hanging, width).map((line, index) =>
    index === 0 ? indent + label + line.slice(hanging.length) : line,
  )
}

/** Parts with ` · ` between them, broken only there. */
export function parted(parts: readonly string[], indent: string, width: number | null): string[] {
  const whole = parts
    .map(part => part.replaceAll(' ', '\u00a0'))
    .join(' · ')
    .replaceAll(' · ', '\u00a0· ')
  return indented(whole, indent, width).map(line => line.replaceAll('\u00a0', ' '))
}

/** `left`, and `right` at the end of the width; on a line of its own where both do not fit. */
export function atBothEnds(left: string, right: string, width: number): string[] {
  if (right === '') return [left]
  const gap = width - left.length - right.length
  return gap >= 2 ? [left + ' '.repeat(gap) + right] : [left, ' '.repeat(Math.max(0, width - right.length)) + right]
}

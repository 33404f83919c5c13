/** A cell of a CSV text: its value, and where it stands in the text with its quotes. */
export interface Cell {
  value: string
  from: number
  to: number
}

/** The sign between the cells, as the first line has it. */
export function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/\r?\n|$/)).replace(/"(?:[^"]|"")*"/g, '')
  const count = (sign: string) => first.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}

/** The records of a CSV text (RFC 4180), each cell with its place, so that one may be exchanged and every other byte stays. */
export function recordsOf(text: string, delimiter: string): Cell[][] {
  const records: Cell[][] = []
  let record: Cell[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    const cell = cellAt(text, at, delimiter)
    record.push(cell)
    at = cell.to
    if (text[at] === delimiter) {
      at += 1
      if (at === text.length) record.push({ value: '', from: at, to: at })
      continue
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    records.push(record)
    record = []
  }
  if (record.length > 0) records.push(record)
  return records
}

function cellAt(text: string, from: number, delimiter: string): Cell {
  let at = from
  if (text[at] !== '"') {
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && !text.startsWith('\r\n', at)) at += 1
    return { value: text.slice(from, at), from, to: at }
  }
  let value = ''
  for (at += 1; at < text.length; at += 1) {
    if (text[at] !== '"') value += text[at]
    else if (text[at + 1] === '"') {
      value += '"'
      at += 1
    } else break
  }
  at = Math.min(at + 1, text.length)
  // What stands behind the closing quote belongs to the cell, and stays.
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && !text.startsWith('\r\n', at)) at += 1
  return { value, from, to: at }
}

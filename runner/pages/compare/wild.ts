/**
 * What differs from one account, day or image to the next, and from the author's to the reader's: each class stands for any value of its own
 * kind, never for anything at all. Placeholders of an author stand for any run of characters within a line.
 */
const classes: readonly (readonly [RegExp, string])[] = [
  [/sha(?:256|512):[0-9a-f]{6,}(?:\.{3}|…)?/, 'sha(?:256|512):[0-9a-f]+'],
  [/\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b/, '[0-9a-fA-F-]{36}'],
  [
    /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?/,
    '\\d{4}-\\d{2}-\\d{2}[T ][\\d:.]+(?:Z|[+-]\\d{2}:?\\d{2})?',
  ],
  [/\b\d{4}-\d{2}-\d{2}\b/, '\\d{4}-\\d{2}-\\d{2}'],
  [/\b(?:A3T|AKIA|ASIA|AROA|AIDA|ANPA|ANVA|AGPA|AIPA|ABIA|ACCA|ASCA)[A-Z0-9]{8,}\b/, '(?:A[A-Z0-9]{3})[A-Z0-9]{8,}'],
  [
    /(?:\bACCOUNT_ID\b|\bAWS_ACCOUNT_ID\b|\bACCOUNT_NUMBER\b|<[^<>\n]{1,60}>|\$\{?[A-Za-z_]\w*\}?|\[[A-Za-z][\w -]*\](?=[:/.])|[xX]{4,}|\*{3,}|\.{3,}|…)/,
    '.*?',
  ],
  [/(?<![\d.])\d{12}(?!\d)/, '\\d{12}'],
  [
    /\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov)?-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d\b/,
    '[a-z]{2}(?:-[a-z]+)+-\\d',
  ],
  [/\b\d{10}(?:\.\d+)?\b/, '\\d{10}(?:\\.\\d+)?'],
  [/\b[A-Za-z0-9+/_-]{60,}={0,2}/, '[A-Za-z0-9+/=_-]{20,}'],
]

const any = new RegExp(classes.map(([form]) => `(${form.source})`).join('|'), 'g')

/** A pattern for the texts that say the same as `expected`; white space is folded. */
export function wildPattern(expected: string): RegExp {
  const folded = expected.trim().replace(/\s+/g, ' ')
  let pattern = ''
  let at = 0
  for (const match of folded.matchAll(any)) {
    const which = match.slice(1).findIndex(group => group !== undefined)
    pattern += `${escaped(folded.slice(at, match.index))}${classes[which]?.[1] ?? ''}`
    at = match.index + match[0].length
  }
  return new RegExp(`^${pattern}${escaped(folded.slice(at))}$`)
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Whether a text says what a page shows, ids, digests, dates and accounts aside. */
export const saysTheSame = (expected: string, actual: string): boolean =>
  wildPattern(expected).test(actual.trim().replace(/\s+/g, ' '))

/** Everything that would act on a terminal instead of being read: control characters of both sets, and what turns the direction of writing. */
const acting = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** A colour, as our own lines have them. */
const colour = new RegExp(`(${String.fromCharCode(27)}\\[[\\d;]*m)`)

const escaped = (text: string): string =>
  text.replace(acting, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A text of a file or of an answer, as it may be shown: what would act on a terminal is written out. Line ends stay. */
export const printable = (text: string): string => escaped(text)

/** The same for a line that is made up already: its colours stay. */
export const printableLine = (line: string): string =>
  line
    .split(colour)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('')

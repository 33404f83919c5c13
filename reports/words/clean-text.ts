const esc = '\u001b'
const bell = '\u0007'
/** CSI, OSC and two-character sequences of a terminal. */
const sequences = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[@-Z\\\\^_])`,
  'g',
)
/** What XML 1.0 does not know, and marks that show text in another order than it is written. */
const unfit = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu

/** Text of a foreign answer, fit for every format: no terminal sequences, control characters or halves of a character. */
export const cleanText = (text: string): string =>
  text.replace(sequences, '').replace(/\r\n?/g, '\n').replace(unfit, '')

/** The same on one line. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim()

/** For XML and HTML, in text and between double quotes. */
export const escaped = (text: string): string =>
  cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

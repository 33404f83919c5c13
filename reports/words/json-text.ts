/** DEL, the C1 controls (of which one begins a terminal's sequence), and marks that show text in another order than it is written. */
const unseen = /[\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g

/** A value as indented JSON that is harmless on a terminal: what JSON itself would leave as it is, is written as `\u`. The value is the same. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(unseen, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`

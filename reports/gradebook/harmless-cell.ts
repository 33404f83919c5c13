/** A cell that a spreadsheet would take for a formula, made text: OWASP's rule against CSV injection. */
export const harmlessCell = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

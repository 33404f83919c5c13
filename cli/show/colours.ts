/** Marks of a text's part; without colours the text itself. */
export interface Colours {
  good(text: string): string
  bad(text: string): string
  faint(text: string): string
  strong(text: string): string
  warn(text: string): string
}

const sgr = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`
const same = (text: string) => text

export const coloured: Colours = {
  good: sgr(32, 39),
  bad: sgr(31, 39),
  faint: sgr(2, 22),
  strong: sgr(1, 22),
  warn: sgr(33, 39),
}

export const plain: Colours = { good: same, bad: same, faint: same, strong: same, warn: same }

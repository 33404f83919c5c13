import { type ParsedDenial, parseDenial, parseDenials } from '../../assertions/index.ts'

/** Every denial of a text; where there is none, the one thing that the text is instead. */
export function readAll(text: string): [ParsedDenial, ...ParsedDenial[]] {
  const [first, ...rest] = parseDenials(text)
  return first === undefined ? [parseDenial(text)] : [first, ...rest]
}

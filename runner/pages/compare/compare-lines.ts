import type { Difference } from '../../../assertions/index.ts'
import { saysTheSame } from './wild.ts'

/** Lines that stand for any number of others. */
const elision = /^\s*(?:\.{3,}|…|\[\.{3}\]|<(?:snip|snipped|output omitted)>)\s*$/i
/** What only points at a line of the page. */
const marker = /\s*(?:<--+|←)[^\n]*$/
/** The frame of a table. */
const frame = /^[\s|+=─-╿-]*$/

const wanted = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.replace(marker, ''))
    .filter(line => line.trim() !== '' && !frame.test(line) && !elision.test(line))

/** Columns of a table are as wide as what stands in them. */
const cells = (line: string): string => line.replace(/[|│┃]/g, ' ').replace(/\s+/g, ' ').trim()

/**
 * The lines of a page that an output does not have, in the page's order. Lines in between are let pass: tools add warnings and hints of their
 * own.
 */
export function lineDifferences(expected: string, actual: string): Difference[] {
  const lines = actual.split('\n').filter(line => line.trim() !== '')
  let at = 0
  const differences: Difference[] = []
  for (const line of wanted(expected)) {
    const found = lines.findIndex((each, index) => index >= at && saysTheSame(cells(line), cells(each)))
    if (found < 0) differences.push({ field: 'output', expected: line.trim(), actual: (lines[at] ?? 'nothing').trim() })
    else at = found + 1
  }
  return differences.slice(0, 5)
}

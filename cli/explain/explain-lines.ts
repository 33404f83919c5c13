import { explainDenial, type ParsedDenial } from '../../assertions/index.ts'
import type { Paper } from '../show/paper.ts'
import { indented, labelled } from '../show/wrap.ts'
import { lineNumbers } from './line-numbers.ts'

/** The same refusal, wherever it stands in the text. */
interface Group {
  denial: ParsedDenial
  lines: number[]
}

const identity = ({ code, operation, principal, action, resource, decision, policyType, policyArn }: ParsedDenial) =>
  JSON.stringify([code, operation, principal, action, resource, decision, policyType, policyArn])

function grouped(text: string, denials: readonly ParsedDenial[]): Group[] {
  const numbers = lineNumbers(
    text,
    denials.map(({ start }) => start),
  )
  const groups = new Map<string, Group>()
  denials.forEach((denial, index) => {
    const key = identity(denial)
    const group = groups.get(key) ?? { denial, lines: [] }
    group.lines.push(numbers[index] ?? 1)
    groups.set(key, group)
  })
  return [...groups.values()]
}

const mostLines = 5

/** `line 3`, `lines 3, 8 and 12`, `lines 3, 8, 12, 15, 16 and 40 more`. */
function placeOf(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines[0]}`
  if (lines.length <= mostLines) return `lines ${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`
  return `lines ${lines.slice(0, mostLines).join(', ')} and ${lines.length - mostLines} more`
}

/**
 * What a person reads of the denials of a text: three sentences, what to look at next, the AWS page. With more than one line in the text each
 * is told with its line; equal ones are told once.
 */
export function explainLines(text: string, denials: readonly ParsedDenial[], { width, colours }: Paper): string[] {
  const several = text.trim().includes('\n')
  return grouped(text, denials).flatMap(({ denial, lines }, index) => {
    const { sentences, next, page } = explainDenial(denial)
    return [
      ...(index > 0 ? [''] : []),
      ...(several || lines.length > 1 ? [colours.strong(placeOf(lines))] : []),
      ...sentences.flatMap(each => indented(each, '', width)),
      'Next:',
      ...next.flatMap((each, at) => labelled(`${at + 1}. `, each, '  ', width)),
      ...labelled('Read: ', page, '', width),
    ]
  })
}

/** What a text without any denial is. */
export function notDenialLines(found: ParsedDenial, { width }: Paper): string[] {
  const code = found.notDenial?.code ?? found.code
  const meaning = found.notDenial?.meaning ?? 'no refusal of AWS was found in it'
  return indented(`This is not a denial${code === null ? '' : ` (\`${code}\`)`}: ${meaning}.`, '', width)
}

import { expect, test } from 'vitest'
import { parseDenials } from '../../../assertions/index.ts'

const sentence = 'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecr:ListImages on resource: '

/** Texts that repeat what could make a reader go over them again and again. */
const adversaries: Record<string, string> = {
  denials: `${sentence}* because no identity-based policy allows the ecr:ListImages action\n`,
  anchors: 'is not authorized to perform: ',
  'anchors cut short': 'is not authorized ... ',
  'users without end': 'User: ',
  'open placeholders': '<',
  'nested brackets': '[{<(',
  'placeholders in a resource': `${sentence}arn:aws:ecr:<`,
  backslashes: '\\',
  quotes: '"',
  'escaped quotes': '\\"',
  'one letter': 'a',
  'line breaks': '\n',
  'lines of one letter': 'a\n',
  leaders: '# > // ',
  'leaders in lines': '#\n> # //\n',
  reasons: 'because no ',
  'explicit reasons': 'with an explicit deny in an ',
  'runs of a resource': 'arn:aws:ecr:us-west-2:111122223333:repository/a\n',
  'blanks of a resource': 'arn:aws:glue:us-west-2:111122223333:job/a b c d ',
  'codes of a client': 'An error occurred (AccessDenied) when calling the A operation: ',
  'codes of xml': '<Code>AccessDenied</Code>',
  'loose codes': 'AccessDenied\n',
  entities: '&amp;',
  colours: '\u001b[31m',
  'request ids': 'request id: ',
  'status lines': 'unexpected status from HEAD request to https://x',
}

const best = (text: string): number => {
  const times = [0, 1, 2].map(() => {
    const before = process.cpuUsage()
    parseDenials(text)
    const { user, system } = process.cpuUsage(before)
    return user + system
  })
  return Math.min(...times)
}

const ofSize = (unit: string, size: number) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
const small = 100_000

// The only measure here is a ratio of processor time within one run: quadratic growth would be 16 times, and more.
test.each(Object.entries(adversaries))('four times the text takes about four times the time: %s', (_, unit) => {
  const after = `${sentence}${ofSize(unit, 4 * small)}`
  const [one, four] = [best(ofSize(unit, small)), Math.max(best(ofSize(unit, 4 * small)), best(after))]
  expect(four / Math.max(one, 5_000)).toBeLessThan(12)
})

test('a log of many denials is read whole', () => {
  const log = ofSize(adversaries.denials ?? '', 200_000)
  expect(parseDenials(log).length).toBeGreaterThan(1_000)
})

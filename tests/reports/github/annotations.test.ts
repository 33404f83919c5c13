import { expect, test } from 'vitest'
import { annotations } from '../../../reports/github/annotations.ts'
import { longReport, mixedReport } from '../sample-report.ts'

const same = (file: string) => file

test('an error for a wrong outcome, a warning for what could not be judged, each at its line', () => {
  const heads = annotations(mixedReport(), same).map(line => line.slice(0, line.indexOf('::', 2) + 2))
  const at = 'file=labs/one/lab.yaml,line=31'
  expect(heads).toEqual([
    `::error ${at},title=one/wrong%3A failed::`,
    `::error ${at},title=one/nasty%3A failed::`,
    `::warning ${at},title=one/throttled%3A error::`,
    `::warning ${at},title=one/organization%3A blocked::`,
  ])
})

test('whatever an answer holds, an annotation is one line and starts no other command', () => {
  for (const line of annotations(mixedReport(), same)) {
    expect(line).not.toMatch(/\p{Cc}/u)
    expect(line).toMatch(/^::(error|warning|notice) [^:]*::/)
    expect(line).not.toMatch(/%(?!25|0A|0D|3A|2C)/)
  }
})

test('what is above the limit of ten a kind is told in the tenth', () => {
  const lines = annotations(longReport(), same)
  const of = (kind: string) => lines.filter(line => line.startsWith(`::${kind} `))
  expect([of('error'), of('warning'), lines].map(({ length }) => length)).toEqual([10, 10, 20])
  expect(of('error')[9]).toMatch(/^::error title=91 more::long\/step-45: fa/)
  expect(of('warning')[9]).toMatch(/^::warning title=191 more::/)
})

test('the file is named as the repository knows it', () => {
  expect(annotations(mixedReport(), file => `x/${file}`)[0]).toContain('file=x/labs/one/lab.yaml,')
})

test('notices come beside', () => {
  const notice = { title: 'wording', message: 'a, b: c', file: 'f', line: 3 }
  expect(annotations(mixedReport(), same, [notice]).at(-1)).toBe('::notice file=f,line=3,title=wording::a, b: c')
})

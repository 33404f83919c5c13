import { expect, test } from 'vitest'
import { html } from '../../reports/html.ts'
import { labReport, longReport, mixedReport, reportOf, stepReport } from './sample-report.ts'

const passing = () => reportOf([labReport('one', 'passed', [stepReport('a', 'passed')])], { exitCode: 0 })
const rows: [string, ReturnType<typeof reportOf>][] = [
  ['passing', passing()],
  ['mixed', mixedReport()],
  ['500 steps', longReport()],
  ['nothing', reportOf([])],
]

const voids = new Set(['meta', 'br'])

/** Names of the elements, in order; an element that is not ended, or ended out of turn, is an error. */
function elements(page: string): string[] {
  const open: string[] = []
  const names: string[] = []
  for (const [, end, name = ''] of page.replace(/^<!doctype html>/, '').matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (end) expect(open.pop()).toBe(name)
    else {
      names.push(name)
      if (!voids.has(name)) open.push(name)
    }
  }
  expect(open).toEqual([])
  return names
}

test.each(rows)('%s: well-formed, no script, nothing that is loaded', (_, report) => {
  const page = html(report)
  const names = elements(page)
  expect(names.filter(name => /^(script|img|link|iframe|object|embed|form|base|svg)$/.test(name))).toEqual([])
  expect(page).not.toMatch(/<[^>]* (src|on\w+|href="(?!#))[=]?/)
  expect(page).not.toMatch(/url\(|@import/)
  expect(page).not.toMatch(/[^\P{Cc}\n\t]/u)
  expect(page).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'")
})

test.each(rows)('%s: every link leads to an id, and no id is there twice', (_, report) => {
  const page = html(report)
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(match => match[1])
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, to] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]*)"/g)) expect(ids).toContain(to)
})

test('every lab and step is there with its outcome in words', () => {
  const page = html(mixedReport())
  for (const { id, status } of mixedReport().labs.flatMap(lab => lab.steps))
    expect(page).toMatch(new RegExp(`<h3><span class="status ${status}">.*</span> ${status}</span> ${id}\\b`))
  expect(page).toContain('AccessLab run: 2 of 7 steps as expected')
})

test('words that differ are marked, on both sides', () => {
  const page = html(mixedReport())
  expect(page).toContain('<dt>expected</dt><dd><mark>allowed</mark></dd>')
  expect(page).toContain('<dt>actual</dt><dd><mark>denied: implicitDeny, identity-based, ecr:ListImages</mark></dd>')
  expect(page).toContain('expected <mark>resource-based</mark><br>found <mark>identity-based</mark>')
})

test('waiting for an answer to settle can be seen, and read', () => {
  const page = html(mixedReport())
  expect(page).toMatch(/one\/throttled<\/th>.*class="bar waited".*waited, asked 7 times/)
  expect(page).not.toContain('one/left-out</th>')
})

test('light, dark and paper', () => {
  for (const rule of ['prefers-color-scheme: dark', '@media print', 'color-scheme: light dark'])
    expect(html(passing())).toContain(rule)
})

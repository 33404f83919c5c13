import { expect, test } from 'vitest'
import type { AccessDecision } from '../../assertions/index.ts'
import { html } from '../../reports/html.ts'
import { decision, harmfulReport, labReport, longReport, mixedReport, reportOf, stepReport } from './sample-report.ts'

const passing = () => reportOf([labReport('one', 'passed', [stepReport('a', 'passed')])], { exitCode: 0 })
const rows: [string, ReturnType<typeof reportOf>][] = [
  ['passing', passing()],
  ['mixed', mixedReport()],
  ['500 steps', longReport()],
  ['harm in every text', harmfulReport()],
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
    expect(page).toMatch(
      new RegExp(`<h4 id="step-\\w+/${id}"><span class="status ${status}">.*</span> ${status}</span> ${id}<`),
    )
  expect(page).toContain('<h1>2 of 7 steps as expected</h1>')
  expect(html(passing())).toContain('<h1>All 1 step as expected</h1>')
})

test('words that differ are marked, on both sides', () => {
  const page = html(mixedReport())
  const clause = 'denied, because no identity-based policy allows the ecr:ListImages action'
  expect(page).toContain('<dt>expected</dt><dd><mark>allowed</mark></dd>')
  expect(page).toContain(`<dt>actual</dt><dd><mark>${clause}</mark></dd>`)
  expect(page).toContain(
    '<th scope="row">policyType</th><td><mark>resource-based</mark></td><td><mark>identity-based</mark></td>',
  )
})

test('when a step began, how long it took, and what of it was waiting, in numbers and as bars', () => {
  const waited = { startedAt: '2026-01-01T00:00:01.000Z', durationMs: 2000, waitedMs: 1500, attempts: 7 }
  const report = reportOf(
    [labReport('one', 'passed', [stepReport('a', 'passed', waited), stepReport('b', 'skipped')])],
    {
      durationMs: 4000,
    },
  )
  const page = html(report)
  expect(page).toContain('<span class="bar waited" style="width:37.50%;left:25.00%"></span>')
  expect(page).toContain('<span class="bar passed" style="width:12.50%;left:62.50%"></span>')
  expect(page).toContain(
    '<td class="number">1.0 s</td><td class="number">2.0 s</td><td>waited 1.5 s, asked 7 times</td>',
  )
  expect(page).not.toContain('<a href="#step-one/b">')
})

test('who may do what, by which policy, and what turned it', () => {
  const statements = [{ effect: 'Allow', policyType: 'identity-based', policy: 'inline:p', statement: 'Read' }] as const
  const asked = (id: string, access: AccessDecision) => stepReport(id, 'passed', { access: [access] })
  const steps = [
    asked('before', decision('a', 'allowed', { statements: [...statements] })),
    stepReport('policy', 'passed', { changed: { type: 'repository policy', name: 'a' } }),
    asked('after', decision('a', 'explicitDeny', { policyType: 'resource-based' })),
    asked('never', decision('<b>', 'implicitDeny')),
  ]
  const page = html(reportOf([labReport('one', 'passed', steps)]))
  expect(page).toContain('<th scope="col">after <a href="#step-one/policy">policy</a></th>')
  expect(page).toContain('</span> allowed</span><small>by Allow, statement Read of inline policy p<br>asked by')
  expect(page).toContain('by a resource-based policy<br><span class="turned">turned by <a href="#step-one/policy">')
  expect(page).toContain('<td>&lt;b&gt;</td><td><span class="faint">not asked</span></td>')
})

test('light, dark and paper', () => {
  for (const rule of ['prefers-color-scheme: dark', '@media print', 'color-scheme: light dark'])
    expect(html(passing())).toContain(rule)
})

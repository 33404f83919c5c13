import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../../assertions/index.ts'
import { labReport, longReport, mixedReport, reportOf, stepReport } from '../sample-report.ts'
import { cellsOf, chromiumPath, hasChromium, openBrowser, openReport, violations } from './chromium.ts'
import { failingRun, mixedRun, passingRun, wideRun } from './reports-of-runs.ts'

const rows = ['passing', 'failing', 'mixed', 'four states', 'every outcome', '500 steps', 'waiting', 'nothing'] as const

const waiting = { startedAt: '2026-01-01T00:00:01.000Z', durationMs: 2000, waitedMs: 1500, attempts: 7 }

test.runIf(process.env.CI)('CI has a Chromium: what is below is not passed over there', () => {
  expect(hasChromium, `${chromiumPath}: no such file`).toBe(true)
})

describe.skipIf(!hasChromium)('in Chromium (/usr/bin/chromium, or CHROMIUM)', () => {
  let browser: Browser
  let folder: string
  let reports: Record<(typeof rows)[number], Report>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accesslab-pages-'))
    const runs = Promise.all([passingRun(), failingRun(), mixedRun(), wideRun()])
    const [opened, [passing, failing, mixed, wide]] = await Promise.all([openBrowser(), runs])
    browser = opened
    reports = {
      ...{
        passing,
        failing,
        mixed,
        'four states': wide,
        'every outcome': mixedReport(),
        '500 steps': { ...longReport(), runId: 'long' },
      },
      waiting: reportOf([labReport('one', 'passed', [stepReport('a', 'passed', waiting)])], { runId: 'waiting' }),
      nothing: reportOf([], { runId: 'nothing' }),
    }
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const open = (name: (typeof rows)[number], options = {}) => openReport(browser, folder, reports[name], options)

  test.each(rows)(
    '%s: no request leaves the file, nothing is complained of, no script of an answer runs',
    async name => {
      const { page, requests, complaints } = await open(name)
      expect(requests).toEqual([])
      expect(complaints).toEqual([])
      expect(await page.locator('script, img, iframe, link').count()).toBe(0)
      await page.close()
    },
  )

  const schemes: [(typeof rows)[number], 'light' | 'dark'][] = [
    ['passing', 'light'],
    ['failing', 'light'],
    ['mixed', 'light'],
    ['mixed', 'dark'],
    ['every outcome', 'light'],
    ['every outcome', 'dark'],
    ['waiting', 'light'],
    ['nothing', 'light'],
  ]
  test.each(schemes)(
    '%s, %s: axe-core finds nothing serious',
    async (name, colorScheme) => {
      const { page } = await open(name, { colorScheme })
      expect(await violations(page)).toEqual([])
      await page.close()
    },
    60_000,
  )

  test('the matrix of a passing run: before and after, by which policy, and what turned it', async () => {
    const { page } = await open('passing')
    const [heads, teamA, teamB] = await cellsOf(page.locator('table.access').nth(1))
    expect(heads).toEqual(['who', 'may do', 'on', 'before this lab', 'after team-a-policy, team-b-policy'])
    expect(teamA).toEqual([
      ...['ecrTester role ecr_access_teama_role', 'ecr:ListImages', 'team-a/alpine'],
      '✔ allowed by Allow, statement 1 of ecr_access_testing asked by team-a-allowed',
      '✖ denied explicitly by Deny, statement DenyECRTester of repository policy of team-a/alpine turned by team-a-policy asked by team-a-denied',
    ])
    expect(teamB?.slice(2)).toEqual([
      'team-b/alpine',
      '✖ denied no identity-based policy allows it asked by team-b-denied',
      '✔ allowed by Allow, statement AllowECRTester of repository policy of team-b/alpine turned by team-b-policy asked by team-b-allowed',
    ])
    await page.close()
  })

  test('a failing run: the wrong cell says so, and the words that differ are marked', async () => {
    const { page } = await open('failing')
    const matrix = await cellsOf(page.locator('table.access'))
    expect(matrix.find(row => row[2] === 'team-b/alpine')?.[3]).toMatch(/^✔ allowed not as expected by Allow/)
    const story = page.locator('article.failed')
    expect(await story.locator('mark').allInnerTexts()).toEqual([
      'denied: implicitDeny, no identity-based policy allows ecr:ListImages',
      'allowed',
    ])
    expect(await page.locator('#trouble ~ ul li').allInnerTexts()).toHaveLength(1)
    await page.close()
  })

  test('a mixed run: each outcome in its words, the reason and the fields that differ', async () => {
    const { page } = await open('mixed')
    expect(await page.locator('.legend li').allInnerTexts()).toEqual([
      ...['✔ passed 6', '✖ failed 2', '! error 1', '– skipped 1'],
    ])
    const [, wrong] = await cellsOf(page.locator('article:has(h4[id="step-mixed/wrong-reason"]) table'))
    expect(wrong).toEqual(['decision', 'explicitDeny', 'implicitDeny'])
    const [heads, list, describeImages] = await cellsOf(page.locator('table.access'))
    expect(heads).toEqual(['who', 'may do', 'on', 'after repo, role', 'after grant'])
    expect(list?.slice(1)).toEqual([
      ...['ecr:ListImages', 'mixed/repo', '✖ denied no identity-based policy allows it asked by nothing-yet'],
      '✔ allowed by Allow, statement Read of inline policy read turned by grant asked by granted',
    ])
    expect(describeImages?.slice(3)).toEqual([
      '✖ denied not as expected no identity-based policy allows it asked by wrong-reason',
      'not asked',
    ])
    await page.close()
  })

  test('waiting is seen: as long as it took, before the asking', async () => {
    const { page } = await open('waiting')
    const box = async (bar: string) => (await page.locator(`.timeline ${bar}`).boundingBox()) ?? { x: 0, width: 0 }
    const [waited, asked] = [await box('.bar.waited'), await box('.bar.passed')]
    expect(waited.width / asked.width).toBeCloseTo(3, 0)
    expect(asked.x).toBeCloseTo(waited.x + waited.width, 0)
    await page.close()
  })

  test('on a telephone what is decided first is seen without scrolling, and no word of the scale lies on another', async () => {
    const { page } = await open('mixed', { viewport: { width: 400, height: 800 } })
    const rightOf = async (selector: string) => {
      const boxes = await Promise.all((await page.locator(selector).all()).map(each => each.boundingBox()))
      return boxes.flatMap(box => (box === null ? [] : [box.x + box.width]))
    }
    const edges = await rightOf(
      'table.access tbody td:nth-child(4), table.labs td:last-child, table.timeline td:last-child',
    )
    expect(edges.length).toBeGreaterThan(5)
    expect(Math.max(...edges)).toBeLessThanOrEqual(400)
    const words = await Promise.all((await page.locator('.scale span:visible').all()).map(each => each.boundingBox()))
    const [first, last, ...others] = words
    expect(others).toEqual([])
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThan(last?.x ?? 0)
    await page.close()
  })

  test.each(['passing', 'mixed', 'four states'] as const)('on paper the matrix of %s is not cut off', async name => {
    const { page } = await open(name, { viewport: { width: 794, height: 1123 } })
    await page.emulateMedia({ media: 'print' })
    const widths = await page
      .locator('table.access')
      .evaluateAll(tables => tables.map(each => each.getBoundingClientRect().right))
    expect(widths.length).toBeGreaterThan(0)
    expect(Math.max(...widths)).toBeLessThanOrEqual(794)
    await page.close()
  })

  test.each([360, 794, 1600])('at %i pixels nothing but a matrix scrolls sideways', async width => {
    const { page } = await open('every outcome', { viewport: { width, height: 900 } })
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.close()
  })
})

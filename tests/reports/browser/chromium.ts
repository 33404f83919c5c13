import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Report } from '../../../assertions/index.ts'
import { html } from '../../../reports/html.ts'

/** Debian's, or the one that CHROMIUM names. */
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
}

export interface OpenPage {
  page: Page
  /** What the page asked for beside itself, and what it complained of. */
  requests: string[]
  complaints: string[]
}

/** A report's page as a reader has it, from a file. */
export async function openReport(
  browser: Browser,
  folder: string,
  report: Report,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const file = join(folder, `${report.runId}.html`)
  await writeFile(file, html(report))
  const address = pathToFileURL(file).href
  const page = await browser.newPage(options)
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', request => {
    if (request.url() !== address) requests.push(request.url())
  })
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(address)
  return { page, requests, complaints }
}

/** What axe-core calls serious or critical: rule and place. */
export async function violations(page: Page): Promise<string[]> {
  await page.addInitScript({ path: axeSource })
  await page.reload()
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  )
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
}

/** The text of each cell of the first such table, row by row, white space folded. */
export async function cellsOf(table: Locator): Promise<string[][]> {
  const rows = await table.first().locator('tr').all()
  const texts = await Promise.all(rows.map(row => row.locator('th, td').allInnerTexts()))
  return texts.map(row => row.map(cell => cell.replace(/\s+/g, ' ').trim()))
}

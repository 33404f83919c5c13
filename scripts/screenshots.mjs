/**
 * Writes docs/images/report-{light,dark,print}.png: the HTML report of a run of `repository-policies` on a sandbox where changes need time to
 * spread, with one policy widened, so that a step fails. Needs Chromium (`CHROMIUM`, else /usr/bin/chromium).
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = resolve(import.meta.dirname, '..')
const lab = join(root, 'dist', 'lab.js')
const images = process.argv[2] ?? join(root, 'docs', 'images')
const folder = mkdtempSync(join(tmpdir(), 'accesslab-screenshots-'))
const most = 200 * 1024

const change = (file, from, to) => {
  const text = readFileSync(join(folder, file), 'utf8')
  if (!text.match(from)) throw new Error(`${file} does not hold ${from}`)
  writeFileSync(join(folder, file), text.replace(from, to))
}

function runLab(...args) {
  try {
    execFileSync(process.execPath, [lab, ...args], { cwd: folder, stdio: 'inherit' })
  } catch (error) {
    if (error.status !== 1) throw error
  }
}

function reportOfARun() {
  cpSync(join(root, 'labs'), join(folder, 'labs'), { recursive: true })
  cpSync(join(root, 'labs.yaml'), join(folder, 'labs.yaml'))
  change('labs.yaml', /^timings:.*$/m, 'timings: { within: 20s, stays: 500ms }')
  change('labs/identity-policies/policies/identity.json', 'team-a/*', '*')
  runLab('sandbox', 'start', '--propagation', '1500ms')
  try {
    runLab('run', 'repository-policies', '--teardown', '--report', 'html=report.html')
  } finally {
    runLab('sandbox', 'stop')
  }
  return join(folder, 'report.html')
}

const views = [
  { name: 'light', page: { colorScheme: 'light', viewport: { width: 1120, height: 1400 } } },
  { name: 'dark', page: { colorScheme: 'dark', viewport: { width: 1120, height: 1180 } }, from: '#time' },
  { name: 'print', page: { colorScheme: 'dark', viewport: { width: 794, height: 1123 } }, media: 'print' },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  mkdirSync(images, { recursive: true })
  const report = reportOfARun()
  for (const { name, page: options, media, from = '' } of views) {
    const page = await browser.newPage(options)
    if (media) await page.emulateMedia({ media })
    await page.goto(`${pathToFileURL(report)}${from}`)
    const file = join(images, `report-${name}.png`)
    await page.screenshot({ path: file })
    if (statSync(file).size > most) throw new Error(`${file} has more than ${most} bytes`)
    console.log(`${file} ${statSync(file).size}`)
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

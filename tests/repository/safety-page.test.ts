import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/safety.md'), 'utf8')

test('every test that the safety page names is there', () => {
  const named = [...page.matchAll(/`(tests\/[^`]+)`/g)].map(match => match[1] ?? '')
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(path => !existsSync(join(root, path)))).toEqual([])
})

test('every promise names its test', () => {
  const rows = page.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| promise'))
  expect(rows.filter(row => !/\| `tests\//.test(row))).toEqual([])
})

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { operations } from '../../sandbox/operations.ts'
import { root } from './source-files.ts'

const page = readFileSync(join(root, 'docs/sandbox-coverage.md'), 'utf8')

test('docs/sandbox-coverage.md is what `npm run generate` writes', () => {
  const fresh = execFileSync(process.execPath, ['scripts/generate-coverage.mjs', '--print'], { cwd: root })
  expect(page).toBe(fresh.toString())
})

test('it says of every served operation that it is', () => {
  const names = Object.values(operations).flatMap(service => Object.keys(service))
  const missing = names.filter(name => !new RegExp(`^\\| ${name} \\| (reads|changes) \\|$`, 'm').test(page))
  expect(missing).toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { bin } from './process.ts'

const folder = join(dirname(bin), 'chunks')
const chunks = readdirSync(folder)
const named = (start: string) => chunks.filter(name => name.startsWith(start))
const importers = (name: string, how: RegExp) =>
  chunks.filter(each => [...readFileSync(join(folder, each), 'utf8').matchAll(how)].some(([, file]) => file === name))
const onDemand = /import\("\.\/([^"]+)"\)/g
const atOnce = /(?:import|from)\s*"\.\/([^"]+)"/g

test('the table of IAM’s actions is a file of its own, which lab check alone loads, on demand', () => {
  const [table = '', ...others] = named('actions.generated-')
  expect(others).toEqual([])
  expect(importers(table, atOnce)).toEqual([])
  const readers = importers(table, onDemand)
  expect(readers.map(name => name.replace(/-[A-Z0-9]+\.js$/, ''))).toEqual(['check'])
  // And nobody loads the check without being asked for it.
  expect(importers(readers[0] ?? '', atOnce)).toEqual([])
})

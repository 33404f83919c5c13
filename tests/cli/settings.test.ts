import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from '../../cli/settings.ts'
import { packageFolder } from './world-for-tests.ts'

const read = (file: string) => readFileSync(join(packageFolder, file), 'utf8')
const named = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(match => match[1]))].sort()

test('.env.example lists exactly the variables that are read', () => {
  expect(named(read('.env.example'), /^(\w+)=/gm)).toEqual(named(read('cli/settings.ts'), /\benv\.([A-Z]\w*)/g))
})

test('no other file of cli/ reads a variable by name', () => {
  const files = readdirSync(join(packageFolder, 'cli'), { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  )
  const readers = files.filter(
    file => file !== 'settings.ts' && /\benv\.[A-Z]|\benv\[['"]/.test(read(join('cli', file))),
  )
  expect(readers).toEqual([])
})

test.each([
  ['111122223333', ['111122223333']],
  ['111122223333, 444455556666', ['111122223333', '444455556666']],
  ['', []],
  [undefined, []],
])('LAB_AWS_ACCOUNTS=%s', (LAB_AWS_ACCOUNTS, accounts) => {
  expect(readSettings({ LAB_AWS_ACCOUNTS }).accounts).toEqual(accounts)
})

test.each([
  [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' }, 'eu-west-1'],
  [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-1' }, 'us-east-1'],
  [{}, null],
])('the region of %j', (env, region) => {
  expect(readSettings(env).region).toBe(region)
})

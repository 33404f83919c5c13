import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../cli/commands/index.ts'
import { packageFolder } from './world-for-tests.ts'

const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8')

test('the README is short, and its table is labs.yaml', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(151)
  const rows = [...readme.matchAll(/^\| `([\w-]+)` \|/gm)].map(match => match[1])
  const { labs } = parse(readFileSync(join(packageFolder, 'labs.yaml'), 'utf8'))
  expect(rows).toEqual(labs)
})

test('it names commands that are there', () => {
  const names = commands.map(({ name }) => name)
  const used = [...readme.matchAll(/npx lab ([a-z]+)( [a-z]+)?/g)].map(([, first, second = '']) => `${first}${second}`)
  expect(used.filter(line => !names.includes(line) && !names.includes(line.split(' ')[0] ?? ''))).toEqual([])
})

test('its links lead somewhere', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(match => match[1] ?? '').filter(link => !link.includes(':'))
  expect(links.filter(link => !existsSync(join(packageFolder, link)))).toEqual([])
})

import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { iam } from '../../../sandbox/iam/index.ts'

test('the list of IAM operations is the folder', () => {
  const folder = readdirSync(new URL('../../../sandbox/iam/', import.meta.url))
  const named = folder.filter(file => /^[A-Z].*\.ts$/.test(file)).map(file => file.slice(0, -'.ts'.length))
  expect(Object.keys(iam).sort()).toEqual(named.sort())
})

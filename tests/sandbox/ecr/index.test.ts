import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ecr } from '../../../sandbox/ecr/index.ts'

test('the list of ECR operations is the folder', () => {
  const folder = readdirSync(new URL('../../../sandbox/ecr/', import.meta.url))
  const named = folder.filter(file => /^[A-Z].*\.ts$/.test(file)).map(file => file.slice(0, -'.ts'.length))
  expect(Object.keys(ecr).sort()).toEqual(named.sort())
})

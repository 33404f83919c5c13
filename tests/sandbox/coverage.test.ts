import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { operations } from '../../sandbox/operations.ts'
import { serviceModel } from '../../sandbox/wire/service-model.ts'

const page = readFileSync(new URL('../../docs/sandbox-coverage.md', import.meta.url), 'utf8')

test.each(['sts', 'iam', 'ecr'] as const)(
  'the coverage page tells what is served of %s (npm run generate)',
  async service => {
    const all = (await serviceModel(service)).operations().sort()
    const served = all.filter(name => Object.hasOwn(operations[service], name))
    expect(Object.keys(operations[service]).filter(name => !all.includes(name))).toEqual([])
    expect(page).toContain(`## ${service}: ${served.length} of ${all.length}\n\nServed: ${served.join(', ')}.\n`)
  },
)

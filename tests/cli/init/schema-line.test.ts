import { expect, test } from 'vitest'
import { withSchemaLine } from '../../../cli/init/schema-line.ts'

const line = '# yaml-language-server: $schema='

test.each([
  ['in the checkout', '/work/', 'lab', '/work/labs/a', `${line}../../schema/lab.schema.json\nid: a\n`],
  ['the catalogue of the checkout', '/work', 'catalogue', '/work', `${line}./schema/catalogue.schema.json\nid: a\n`],
  [
    'installed beside',
    '/work/node_modules/accesslab',
    'lab',
    '/work/labs/a',
    `${line}../../node_modules/accesslab/schema/lab.schema.json\nid: a\n`,
  ],
  ['elsewhere', '/usr/lib/node_modules/accesslab', 'lab', '/work/labs/a', 'id: a\n'],
] as const)('%s', (_, packageFolder, schema, folder, text) => {
  const where = { folder, project: '/work', packageFolder }
  expect(withSchemaLine('id: a\n', schema, where)).toBe(text)
  expect(withSchemaLine(`${line}../../schema/lab.schema.json\nid: a\n`, schema, where)).toBe(text)
})

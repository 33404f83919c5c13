import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../repository/source-files.ts'
import { type LanguageServer, startLanguageServer } from './language-server.ts'

let server: LanguageServer
beforeAll(async () => {
  server = await startLanguageServer()
})
afterAll(() => server.close())

const modeline = '# yaml-language-server: $schema=../../schema/lab.schema.json\n'
const head = `${modeline}id: demo\ntitle: Demo\n`
let files = 0
/** A lab that is not on the disk; the path counts for the modeline alone. */
const place = () => {
  files += 1
  return `labs/demo-${files}/lab.yaml`
}

/** The text without its `|`, and where that stood. */
function cursor(text: string): { text: string; position: { line: number; character: number } } {
  const before = text.slice(0, text.indexOf('|')).split('\n')
  return {
    text: text.replace('|', ''),
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  }
}

test.each([
  ['keys of a lab', `${head}|`, ['steps', 'needs', 'names', 'vars', 'minimum', 'description']],
  [
    'keys and kinds of a step',
    `${head}steps:\n  - id: one\n    |`,
    ['list-images', 'create-role', 'assume-role', 'set-repository-policy', 'deny', 'points', 'hint', 'as'],
  ],
  [
    'fields of a kind',
    `${head}steps:\n  - create-role:\n      |`,
    ['role-name', 'assume-role-policy-document', 'max-session-duration', 'permissions-boundary'],
  ],
  ['fields of a denial', `${head}steps:\n  - wait: 5s\n    deny:\n      |`, ['decision', 'policy-type', 'text']],
  [
    'values of a choice',
    `${head}steps:\n  - create-repository:\n      repository-name: a1\n      image-tag-mutability: |`,
    ['MUTABLE', 'IMMUTABLE'],
  ],
])('completes %s', async (_, marked, expected) => {
  const { text, position } = cursor(marked)
  const file = place()
  await server.open(file, text)
  const labels = await server.complete(file, position)
  for (const label of expected) expect(labels).toContain(label)
})

test.each([
  [
    'a key of the lab',
    `${head}ne|eds: [base]\nsteps:\n  - wait: 5s\n`,
    'Labs whose steps come first',
    'ecr-repositories',
  ],
  [
    'a step kind',
    `${head}steps:\n  - crea|te-role:\n      role-name: r\n`,
    'Create an IAM role; undone by deleting it',
    'policies/trust.json',
  ],
  [
    'a field of a kind',
    `${head}steps:\n  - create-role:\n      max-session-dur|ation: 3600\n      role-name: r\n`,
    'Longest session in seconds',
    '3600',
  ],
  [
    'an outcome',
    `${head}steps:\n  - list-images: { repository-name: a1 }\n    de|ny: because\n`,
    'must be denied for this reason',
    'because no identity-based policy allows the ecr:ListImages action',
  ],
])('explains %s', async (_, marked, description, example) => {
  const { text, position } = cursor(marked)
  const file = place()
  await server.open(file, text)
  const shown = (await server.hover(file, position)).replaceAll('\\', '').replaceAll('&nbsp;', ' ')
  expect(shown).toContain(description)
  expect(shown).toContain(example)
})

test.each([
  ['a misspelt key', `${head}neds: [base]\nsteps:\n  - wait: 5s\n`, 3, 'neds'],
  ['a misspelt field', `${head}steps:\n  - list-images: { repositry-name: a1 }\n`, 4, 'repositry-name'],
  ['a field that is missing', `${head}steps:\n  - list-images: {}\n`, 4, 'repository-name'],
  [
    'a wrong choice',
    `${head}steps:\n  - create-repository: { repository-name: a1, image-tag-mutability: FIXED }\n`,
    4,
    'MUTABLE',
  ],
  ['text for a number', `${head}steps:\n  - wait: 5s\n    points: many\n`, 5, 'number'],
  ['no steps', head, 1, 'steps'],
])('marks %s at its line', async (_, text, line, word) => {
  const diagnostics = await server.open(place(), text)
  const found = diagnostics.filter(({ message }) => message.includes(word))
  expect(found.map(({ range }) => range.start.line)).toContain(line)
})

test.each(['labs/identity-policies/lab.yaml', 'labs/either-policy-allows/lab.yaml', 'labs.yaml'])(
  'says nothing against %s',
  async file => {
    expect(await server.open(file, readFileSync(join(root, file), 'utf8'))).toEqual([])
  },
)

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../repository/source-files.ts'

type JsonObject = Record<string, unknown>

interface Key {
  path: string
  schema: JsonObject
  /** JSON pointer of the schema in its file. */
  pointer: string
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const schemaOf = (name: string): JsonObject => JSON.parse(readFileSync(join(root, 'schema', name), 'utf8'))

/** Every key that a person can write, wherever it stands. */
function keysIn(value: unknown, path: string, pointer: string): Key[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => keysIn(each, path, `${pointer}/${index}`))
  if (!isObject(value)) return []
  const own = Object.entries(isObject(value.properties) ? value.properties : {}).flatMap(([key, schema]): Key[] =>
    isObject(schema) ? [{ path: `${path}.${key}`, schema, pointer: `${pointer}/properties/${pointed(key)}` }] : [],
  )
  const below = Object.entries(value)
    .filter(([key]) => !['properties', 'examples', 'enum', 'required', 'not'].includes(key))
    .flatMap(([key, each]) => keysIn(each, key === 'definitions' ? '' : path, `${pointer}/${pointed(key)}`))
  return [...own, ...own.flatMap(key => keysIn(key.schema, key.path, key.pointer)), ...below]
}

const pointed = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

describe.each(['lab.schema.json', 'catalogue.schema.json'])('%s', name => {
  const schema = schemaOf(name)
  const keys = keysIn(schema, '', '')
  const ajv = new Ajv({ strict: false })
  ajv.addSchema(schema, 'file')

  /** A key of a step kind is explained where the kind is. */
  const meant = ({ schema: own, pointer }: Key): { schema: JsonObject; pointer: string } => {
    const kind = typeof own.$ref === 'string' ? own.$ref.slice('#/definitions/'.length) : null
    const definition = kind === null ? null : (schema.definitions as JsonObject)[kind]
    return isObject(definition) ? { schema: definition, pointer: `/definitions/${kind}` } : { schema: own, pointer }
  }

  test('has keys', () => expect(keys.length).toBeGreaterThan(15))

  test('every key has a description and an example', () => {
    const bare = keys.filter(key => {
      const { description, examples } = meant(key).schema
      return typeof description !== 'string' || !Array.isArray(examples) || examples.length === 0
    })
    expect(bare.map(({ path }) => path)).toEqual([])
  })

  test('every example is one: its own schema takes it', () => {
    const wrong = keys.flatMap(key => {
      const { schema: own, pointer } = meant(key)
      const validate = ajv.getSchema(`file#${pointer.split('/').map(encodeURIComponent).join('/')}`)
      const examples = Array.isArray(own.examples) ? own.examples : []
      return examples.filter(each => !validate?.(each)).map(each => `${key.path}: ${JSON.stringify(each)}`)
    })
    expect(wrong).toEqual([])
  })
})

test('our labs and our catalogue are valid, and name their schema in the first line', () => {
  const ajv = new Ajv({ strict: false })
  const ofLab = ajv.compile(schemaOf('lab.schema.json'))
  const ofCatalogue = ajv.compile(schemaOf('catalogue.schema.json'))
  const catalogue = readFileSync(join(root, 'labs.yaml'), 'utf8')
  expect(catalogue).toMatch(/^# yaml-language-server: \$schema=\.\/schema\/catalogue\.schema\.json\n/)
  const { labs } = parse(catalogue) as { labs: string[] }
  expect(ofCatalogue(parse(catalogue)) || ofCatalogue.errors).toBe(true)
  for (const id of labs) {
    const text = readFileSync(join(root, 'labs', id, 'lab.yaml'), 'utf8')
    expect(text, id).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/schema\/lab\.schema\.json\n/)
    expect(ofLab(parse(text)) || ofLab.errors, id).toBe(true)
  }
})

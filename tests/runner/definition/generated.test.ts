import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { jsonSchemas } from '../../../runner/definition/json-schema.ts'
import { withKinds } from '../../../runner/definition/kinds-page.ts'
import { stepKinds } from '../../../runner/steps/index.ts'

const committed = (name: string): Promise<string> => readFile(new URL(`../../../${name}`, import.meta.url), 'utf8')
const schemas = jsonSchemas(stepKinds)

test.each(Object.keys(schemas))('schema/%s is what the code says (npm run generate)', async name => {
  expect(JSON.parse(await committed(`schema/${name}`))).toEqual(JSON.parse(JSON.stringify(schemas[name])))
})

test('docs/lab-format.md shows every kind as the code has it (npm run generate)', async () => {
  const page = await committed('docs/lab-format.md')
  const flat = (text: string): string => text.replaceAll(/\s+/g, ' ')
  expect(flat(page)).toBe(flat(withKinds(page, stepKinds)))
})

test('operations.generated.json is what the SDK says (npm run generate)', async () => {
  const script = fileURLToPath(new URL('../../../scripts/generate-operations.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--print'])
  expect(await committed('runner/definition/operations.generated.json')).toBe(stdout)
})

/** Properties without a description, by path. */
function silent(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, ...rest } = schema as {
    properties?: Record<string, { description?: string; allOf?: unknown; $ref?: string }>
  }
  const own = Object.entries(properties ?? {}).flatMap(([key, value]) =>
    value.description || value.$ref ? [] : [`${path}/${key}`],
  )
  const below = Object.entries({ ...rest, ...properties }).flatMap(([key, value]) => silent(value, `${path}/${key}`))
  return [...own, ...below]
}

test.each(Object.entries(schemas))('every key of %s is described', (_, schema) =>
  expect(silent(schema, '')).toEqual([]),
)

test('every kind has an example in the schema', () => {
  const { definitions } = schemas['lab.schema.json'] as { definitions: Record<string, { examples?: unknown[] }> }
  expect(Object.keys(definitions).sort()).toEqual(stepKinds.map(({ kind }) => kind).sort())
  expect(Object.entries(definitions).filter(([, { examples }]) => !examples?.length)).toEqual([])
})

/** zod reads neither `not` nor a `oneOf` of required keys; what they say is held by the loader's own tests. */
const readable = (schema: unknown): z.core.JSONSchema.JSONSchema =>
  JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === 'not' || key === 'oneOf' ? undefined : value)))

test('the shipped labs and labs.yaml fit the published schemas', async () => {
  const valid = (name: string, value: unknown) => z.fromJSONSchema(readable(schemas[name])).safeParse(value).success
  const catalogue: { labs: string[] } = parse(await committed('labs.yaml'))
  expect(valid('catalogue.schema.json', catalogue)).toBe(true)
  for (const id of catalogue.labs) {
    const lab: { steps: object[] } = parse(await committed(`labs/${id}/lab.yaml`))
    expect(valid('lab.schema.json', lab), id).toBe(true)
    expect(valid('lab.schema.json', { ...lab, steps: [{ ...lab.steps[0], nope: 1 }] }), id).toBe(false)
  }
})

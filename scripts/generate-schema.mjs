// schema/*.schema.json and the kinds of docs/lab-format.md from the schemas that the loader checks with.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from './load.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { jsonSchemas, reportJsonSchema, stepKinds, withKinds } = await load('scripts/schema-source.ts')

const schemas = { ...jsonSchemas(stepKinds), 'report.schema.json': reportJsonSchema() }
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(root, 'schema', name), `${JSON.stringify(schema, null, 2)}\n`)
  console.log(`schema/${name}`)
}
const page = join(root, 'docs/lab-format.md')
writeFileSync(page, withKinds(readFileSync(page, 'utf8'), stepKinds))
console.log('docs/lab-format.md')
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
const format = ['format', '--write', '--log-level=error', 'schema', page]
execFileSync(process.execPath, [biome, ...format], { cwd: root, stdio: 'inherit' })

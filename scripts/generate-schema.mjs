// schema/*.schema.json and the kinds of docs/lab-format.md from the schemas that the loader checks with. Node 20 cannot read TypeScript: a bundle in a temporary folder can.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const entry = `
export { reportJsonSchema } from './reports/json-schema/report-schema.ts'
export { jsonSchemas } from './runner/definition/json-schema.ts'
export { withKinds } from './runner/definition/kinds-page.ts'
export { stepKinds } from './runner/steps/index.ts'
`

const folder = mkdtempSync(join(tmpdir(), 'accesslab-schema-'))
try {
  const outfile = join(folder, 'schemas.mjs')
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'warning',
  })
  const { jsonSchemas, reportJsonSchema, stepKinds, withKinds } = await import(pathToFileURL(outfile).href)
  for (const [name, schema] of Object.entries({
    ...jsonSchemas(stepKinds),
    'report.schema.json': reportJsonSchema(),
  })) {
    writeFileSync(join(root, 'schema', name), `${JSON.stringify(schema, null, 2)}\n`)
    console.log(`schema/${name}`)
  }
  const page = join(root, 'docs/lab-format.md')
  writeFileSync(page, withKinds(readFileSync(page, 'utf8'), stepKinds))
  console.log('docs/lab-format.md')
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  execFileSync(process.execPath, [biome, 'format', '--write', '--log-level=error', 'schema', page], {
    cwd: root,
    stdio: 'inherit',
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

// Three bundles. `lab.js` is what every call loads: help, and the way to the others. `plain.js` is what must feel instant, in one file, for
// each file that Node opens costs a millisecond. `main.js` is all the rest, in chunks: a command loads its own, and the SDK clients load when
// one first talks to AWS. lmdb stays outside: it carries a native binary.
import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

const made = `dist.${process.pid}`
const shared = {
  absWorkingDir: root,
  outdir: made,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  keepNames: true,
  sourcemap: false,
  legalComments: 'none',
  // The SDK's ES modules: smaller, and their names survive a dynamic import.
  mainFields: ['module', 'main'],
  external: ['lmdb'],
  define: { ACCESSLAB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}

/** What is imported on demand is in another bundle. */
const outside = bundles => ({
  name: 'outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: bundles[path] ?? './main.js', external: true } : undefined,
    ),
})
const onDemand = outside({ './plain/run-plain.ts': './plain.js' })

await build({
  ...shared,
  entryPoints: { main: 'cli/main.ts' },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
})
await build({ ...shared, entryPoints: { lab: 'cli/lab.ts' }, plugins: [onDemand] })
await build({ ...shared, entryPoints: { plain: 'cli/plain/run-plain.ts' }, plugins: [onDemand] })
chmodSync(`${root}/${made}/lab.js`, 0o755)
// Put in place at once: a program that starts meanwhile finds the old one or the new one, never half of one.
const former = `${root}/${made}.former`
if (existsSync(`${root}/dist`)) renameSync(`${root}/dist`, former)
renameSync(`${root}/${made}`, `${root}/dist`)
rmSync(former, { recursive: true, force: true })

// One bundle with shared chunks: `lab --help` loads the entry only, a command loads its own chunk, the SDK clients
// load when a command first talks to AWS. lmdb stays outside: it carries a native binary.
import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

const made = `dist.${process.pid}`
await build({
  absWorkingDir: root,
  entryPoints: { lab: 'cli/lab.ts' },
  outdir: made,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  keepNames: true,
  sourcemap: false,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  // The SDK's ES modules: smaller, and their names survive a dynamic import.
  mainFields: ['module', 'main'],
  external: ['lmdb'],
  define: { ACCESSLAB_VERSION: JSON.stringify(version) },
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  logLevel: 'warning',
})
chmodSync(`${root}/${made}/lab.js`, 0o755)
// Put in place at once: a program that starts meanwhile finds the old one or the new one, never half of one.
const former = `${root}/${made}.former`
if (existsSync(`${root}/dist`)) renameSync(`${root}/dist`, former)
renameSync(`${root}/${made}`, `${root}/dist`)
rmSync(former, { recursive: true, force: true })

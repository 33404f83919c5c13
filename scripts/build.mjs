// One bundle with shared chunks: `lab --help` loads the entry only, a command loads its own chunk, the SDK clients
// load when a command first talks to AWS. lmdb stays outside: it carries a native binary.
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

rmSync(`${root}/dist`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { lab: 'cli/lab.ts' },
  outdir: 'dist',
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
chmodSync(`${root}/dist/lab.js`, 0o755)

// Three bundles. `lab.js` is what every call loads: help, and the way to the others. `plain.js` is what must feel instant, in one file, for
// each file that Node opens costs a millisecond. `main-HASH.cjs` is all the rest, each module run when it is first asked for; beside it lies
// what V8 compiled of it in a run, for this Node. Of lmdb the native binary alone stays outside.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
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
  sourcemap: false,
  legalComments: 'none',
  // The SDK's ES modules: smaller, and their names survive a dynamic import.
  mainFields: ['module', 'main'],
  define: { ACCESSLAB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}

/** What is imported on demand is in another bundle. */
const outside = {
  name: 'outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\// }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './plain.js', external: true } : undefined,
    ),
}

/**
 * lmdb's JavaScript takes 20 ms to be found and compiled file by file: it is taken in, and looks for its binary beside its package, which
 * therefore is of this very version. What reads strings of msgpack faster is left out: the sandbox writes JSON.
 */
const lmdbInside = {
  name: 'lmdb-inside',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^lmdb$/ }, ({ kind }) =>
      kind === 'require-resolve'
        ? { path: 'lmdb', external: true }
        : { path: join(root, 'node_modules/lmdb/dist/index.cjs') },
    )
    onLoad({ filter: /lmdb[\\/]dist[\\/]index\.cjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('__filename', "require.resolve('lmdb')"),
    }))
    onResolve({ filter: /^msgpackr-extract$/ }, ({ path }) => ({ path, namespace: 'left-out' }))
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = null' }))
    onLoad({ filter: /node-http-handler[\\/]dist-es[\\/]node-http2\.js$/ }, () => ({
      contents: 'export const node_http2 = { constants: {} }',
    }))
  },
}

const { metafile } = await build({
  ...shared,
  entryPoints: { main: 'cli/main.ts' },
  // Names stay: errors are told apart by them, and giving them back to what was renamed costs more than the bytes.
  minify: false,
  minifyWhitespace: true,
  minifySyntax: true,
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  metafile: true,
  format: 'cjs',
  // In a script that V8 takes back compiled nothing can be imported: what is imported on demand is a function that runs at the first call.
  supported: { 'dynamic-import': false },
  plugins: [lmdbInside],
})
const main = basename(Object.keys(metafile.outputs)[0])
shared.define.ACCESSLAB_MAIN = JSON.stringify(`./${main}`)
await build({ ...shared, entryPoints: { lab: 'cli/lab.ts' }, plugins: [outside] })
await build({ ...shared, entryPoints: { plain: 'cli/plain/run-plain.ts' } })
chmodSync(`${root}/${made}/lab.js`, 0o755)
keepCompiled()

// Put in place at once: a program that starts meanwhile finds the old one or the new one, never half of one.
const former = `${root}/${made}.former`
if (existsSync(`${root}/dist`)) renameSync(`${root}/dist`, former)
renameSync(`${root}/${made}`, `${root}/dist`)
rmSync(former, { recursive: true, force: true })

/** Runs a lab on a sandbox of its own to have its code compiled. The program works without, so a machine that cannot run one builds all the same. */
function keepCompiled() {
  const COMPILED = join(root, made, `${main}.${process.version}-${process.arch}`)
  const cwd = mkdtempSync(join(tmpdir(), 'accesslab-build-'))
  // Nothing that V8 takes, so that the run takes the road on which it is looked for.
  writeFileSync(COMPILED, '')
  const hook = pathToFileURL(join(root, 'scripts/keep-compiled.mjs')).href
  const run = [join(root, made, 'lab.js'), 'run', 'identity-policies', '--teardown']
  const { status } = spawnSync(process.execPath, ['--import', hook, ...run], {
    cwd,
    env: { PATH: process.env.PATH, COMPILED },
    stdio: 'ignore',
    timeout: 60_000,
  })
  rmSync(cwd, { recursive: true, force: true })
  if (status === 0) return
  rmSync(COMPILED, { force: true })
  process.stderr.write(`nothing compiled was kept: a run of identity-policies ended with ${status}\n`)
}

// Three bundles. `lab.js` is what every call loads: help, and the way to the others. `plain-HASH.cjs` is what must feel instant, in one file, for
// each file that Node opens costs a millisecond. `main-HASH.cjs` is all the rest, each module run when it is first asked for. Beside these two
// lies what V8 compiled of them in a command, for this Node. All are CommonJS: Node's loader of ES modules takes longer than `lab --help`. Of lmdb
// the native binary alone stays outside.
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
  format: 'cjs',
  // In a script that V8 takes back compiled nothing can be imported: what is imported on demand is a function that runs at the first call.
  supported: { 'dynamic-import': false },
  platform: 'node',
  target: 'node20.19',
  minify: true,
  sourcemap: false,
  legalComments: 'none',
  // The SDK's ES modules: smaller, and their names survive a dynamic import.
  mainFields: ['module', 'main'],
  // In CommonJS there is no `import.meta`: what is taken in (fdir) asks for it, too.
  banner: { js: "const moduleUrl=require('node:url').pathToFileURL(__filename).href;" },
  define: { ACCESSLAB_VERSION: JSON.stringify(version), 'import.meta.url': 'moduleUrl' },
  logLevel: 'warning',
  metafile: true,
}
/** `lab.js` knows the commands for its help, and runs none of them. */
const noCommands = {
  name: 'no-commands',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    ),
}
/** What is loaded by `cli/load-bundle.ts`. */
const loaded = { ...shared, entryNames: '[name]-[hash]', outExtension: { '.js': '.cjs' } }
const fileOf = ({ metafile }) => basename(Object.keys(metafile.outputs)[0])

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

const main = fileOf(
  await build({
    ...loaded,
    entryPoints: { main: 'cli/main.ts' },
    // Names stay: errors are told apart by them, and giving them back to what was renamed costs more than the bytes.
    minify: false,
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [lmdbInside],
  }),
)
const plain = fileOf(await build({ ...loaded, entryPoints: { plain: 'cli/plain/run-plain.ts' } }))
await build({
  ...shared,
  entryPoints: { lab: 'cli/lab.ts' },
  plugins: [noCommands],
  define: {
    ...shared.define,
    ACCESSLAB_MAIN: JSON.stringify(`./${main}`),
    ACCESSLAB_PLAIN: JSON.stringify(`./${plain}`),
  },
})
chmodSync(`${root}/${made}/lab.js`, 0o755)
writeFileSync(`${root}/${made}/package.json`, '{ "type": "commonjs" }\n')
keepCompiled(main, ['run', 'identity-policies', '--teardown'])
keepCompiled(plain, ['list'])

// Put in place at once: a program that starts meanwhile finds the old one or the new one, never half of one.
const former = `${root}/${made}.former`
if (existsSync(`${root}/dist`)) renameSync(`${root}/dist`, former)
renameSync(`${root}/${made}`, `${root}/dist`)
rmSync(former, { recursive: true, force: true })

/** Gives a command, in an empty folder, to have a bundle compiled. The program works without, so a machine that cannot run it builds all the same. */
function keepCompiled(bundle, command) {
  const COMPILED = join(root, made, `${bundle}.${process.version}-${process.arch}`)
  const cwd = mkdtempSync(join(tmpdir(), 'accesslab-build-'))
  // Nothing that V8 takes, so that the command takes the road on which it is looked for.
  writeFileSync(COMPILED, '')
  const hook = pathToFileURL(join(root, 'scripts/keep-compiled.mjs')).href
  const { status } = spawnSync(process.execPath, ['--import', hook, join(root, made, 'lab.js'), ...command], {
    cwd,
    env: { PATH: process.env.PATH, COMPILED },
    stdio: 'ignore',
    timeout: 60_000,
  })
  rmSync(cwd, { recursive: true, force: true })
  if (status === 0) return
  rmSync(COMPILED, { force: true })
  process.stderr.write(`nothing compiled was kept of ${bundle}: \`lab ${command.join(' ')}\` ended with ${status}\n`)
}

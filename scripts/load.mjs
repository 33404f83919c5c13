// A TypeScript module of this repository, for scripts: Node 20 does not strip types by itself.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles the module and what it imports of ours into `file`. */
export async function bundle(path, file) {
  await build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
}

/** A folder inside the repository, so that Node finds its packages; gone when the process ends. */
export function scratchFolder() {
  const parent = join(root, 'node_modules/.cache/accesslab')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'scratch-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function load(path) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
  const file = join(scratchFolder(), 'module.mjs')
  await bundle(path, file)
  return import(pathToFileURL(file).href)
}

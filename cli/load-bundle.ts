import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

/**
 * Loads the bundle at `path`. Beside it may lie what V8 had compiled of it by the end of a command of the same Node (`scripts/keep-compiled.mjs`):
 * V8 looks whether it fits itself and compiles anew where it does not.
 */
export function loadBundle<Bundle>(path: string): Bundle {
  const require = createRequire(path)
  const cachedData = compiledOf(path)
  // Where nothing was kept, Node's own way: it has a compile cache where it is new enough.
  if (cachedData === null) return require(path)
  const script = new Script(Module.wrap(readFileSync(path, 'latin1')), { filename: path, cachedData })
  const module = { exports: {} as Bundle }
  script.runInThisContext()(module.exports, require, module, path, dirname(path))
  return module.exports
}

const compiledOf = (path: string): Buffer | null => {
  try {
    return readFileSync(`${path}.${process.version}-${process.arch}`)
  } catch {
    return null
  }
}

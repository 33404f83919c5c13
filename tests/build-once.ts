import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** Tests of the command line run what a person runs: the bundle, made of the sources as they are. */
export default function setup(): void {
  const made = statSync(join(root, 'dist/lab.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = [
    'cli',
    'runner',
    'assertions',
    'policy',
    'sandbox',
    'reports',
    'schema',
    'scripts/build.mjs',
    'package.json',
  ]
  if (sources.some(name => newest(join(root, name)) > made))
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
}

/** Milliseconds of the last change of a file, or of anything in a folder. */
function newest(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))))
}

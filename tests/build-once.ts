import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

/** Tests of the command line run what a person runs: the bundle, made of the sources as they are. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit' })
}

// What must not get slow unnoticed, by measures that a busy machine does not fool: processor time, never the clock, each as a ratio of two
// things measured by turns in one run, the least of several tries, against bounds well above what is measured. `npm run bench:guard`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { processor } from './measure.mjs'
import { againstCanned, sandboxBundle } from './sandbox.mjs'
import { sdkBundle } from './sdk-bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const lab = join(root, 'dist/lab.js')

/** Ratio of the least of each: other work only ever adds. */
const least = (a, b, tries) => {
  const rows = Array.from({ length: tries }, () => ({ a: a(), b: b() }))
  return Math.min(...rows.map(row => row.a)) / Math.min(...rows.map(row => row.b))
}

const found = []
const check = (what, ratio, bound, isFine) => {
  found.push(isFine)
  console.log(`${isFine ? 'ok  ' : 'SLOW'} ${what.padEnd(48)} ${ratio.toFixed(2)}  bound ${bound}`)
}
const atMost = (what, ratio, bound) => check(what, ratio, `<= ${bound}`, ratio <= bound)

const bare = () => processor(['-e', '0'])
for (const [args, bound] of [
  [['--help'], 1.6],
  [['list'], 2],
  [['explain', 'AccessDenied'], 1.9],
])
  atMost(
    `lab ${args[0]}, against node -e 0`,
    least(() => processor([lab, ...args], { cwd: root }), bare, 7),
    bound,
  )

const folder = mkdtempSync(join(tmpdir(), 'accesslab-guard-'))
const bundle = sdkBundle()
const cold = () => {
  rmSync(join(folder, '.lab'), { recursive: true, force: true })
  return processor([lab, 'run', 'identity-policies', '--quiet'], { cwd: folder })
}
atMost(
  'a cold run, against the SDK clients’ import',
  least(cold, () => processor([bundle]), 5),
  6,
)
for (const made of [folder, dirname(bundle)]) rmSync(made, { recursive: true, force: true })

const { outfile, remove } = sandboxBundle()
for (const { what, processor: ratio } of await againstCanned(outfile, 25))
  check(`${what.split(',')[0]}, processor of canned replies to it`, ratio, '>= 0.5', ratio >= 0.5)
remove()

process.exitCode = found.every(Boolean) ? 0 : 1

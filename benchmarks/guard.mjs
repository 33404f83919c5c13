// What must not get slow unnoticed, by measures that a busy machine does not fool: processor time, never the clock, each as a ratio of two
// things measured by turns in one run, the least of many short tries, for other work only ever adds. The bounds lie some 15 % above the most that
// twenty runs beside two busy loops have shown, and below what a real fault makes of them. `npm run bench:guard`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { clientsTo, furnish } from './calls.mjs'
import { processor } from './measure.mjs'
import { sandboxToCanned } from './replay.mjs'
import { sandboxBundle } from './sandbox.mjs'
import { sdkBundle } from './sdk-bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const lab = join(root, 'dist/lab.js')
const begun = performance.now()

/** Ratio of the least of each. */
const least = (a, b, tries) => {
  const rows = Array.from({ length: tries }, () => ({ a: a(), b: b() }))
  return Math.min(...rows.map(row => row.a)) / Math.min(...rows.map(row => row.b))
}

let slow = 0
const atMost = (what, ratio, bound) => {
  const isFine = ratio <= bound
  if (!isFine) slow += 1
  console.log(`${isFine ? 'ok  ' : 'SLOW'} ${what.padEnd(58)} ${ratio.toFixed(2)}, at most ${bound}`)
}

const bare = () => processor(['-e', '0'])
for (const [args, bound] of [
  [['--help'], 1.35],
  [['list'], 2.4],
  [['explain', 'AccessDenied'], 1.75],
]) {
  const own = () => processor([lab, ...args], { cwd: root })
  atMost(`lab ${args[0]}, to node -e 0`, least(own, bare, 10), bound)
}

const folder = mkdtempSync(join(tmpdir(), 'accesslab-guard-'))
const bundle = sdkBundle()
const cold = () => {
  rmSync(join(folder, '.lab'), { recursive: true, force: true })
  return processor([lab, 'run', 'identity-policies', '--quiet'], { cwd: folder })
}
const sdk = () => processor([bundle])
atMost('a cold run of a lab, to the import of the SDK clients', least(cold, sdk, 6), 5)
rmSync(dirname(bundle), { recursive: true, force: true })

const { outfile, remove } = sandboxBundle()
const { startSandbox } = await import(pathToFileURL(outfile).href)
const sandbox = await startSandbox({ directory: join(folder, 'sandbox') })
const clients = clientsTo(sandbox.endpoint, sandbox.accounts[0].admin)
await furnish(clients)
const bounds = { GetCallerIdentity: 3.6, GetRole: 4.5, ListImages: 4.1 }
for (const { name, ratio } of await sandboxToCanned(sandbox, 100, 30))
  atMost(`the sandbox’s ${name}, to a canned reply`, ratio, bounds[name])
for (const client of Object.values(clients)) client.destroy()
await sandbox.close()
remove()
rmSync(folder, { recursive: true, force: true })

console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s`)
process.exitCode = slow === 0 ? 0 : 1

// What must not get slow unnoticed, by measures that a busy machine does not fool: processor time, never the clock, each as a ratio of two
// things measured by turns in one run, the least of many short tries, for other work only ever adds. The bounds lie some 15 % above what is
// found, and below what a real fault makes of it. `npm run bench:guard`
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

let slow = 0
/** `measure` gives the least of each side so far; where that is over the bound it is asked again, twice at most: noise goes, a fault stays. */
const atMost = async (what, bound, measure) => {
  let ratio = Infinity
  // What is no number is not within a bound.
  const isSlow = () => !(ratio <= bound)
  for (let tries = 0; tries < 3 && isSlow(); tries += 1) {
    const { own, floor } = await measure()
    ratio = own / floor
  }
  if (isSlow()) slow += 1
  console.log(`${isSlow() ? 'SLOW' : 'ok  '} ${what.padEnd(58)} ${ratio.toFixed(2)}, at most ${bound}`)
}

/** The least of two things that are done by turns. */
const least = (a, b, tries) => {
  const sides = { own: Infinity, floor: Infinity }
  return () => {
    for (let n = 0; n < tries; n += 1) {
      sides.own = Math.min(sides.own, a())
      sides.floor = Math.min(sides.floor, b())
    }
    return sides
  }
}

const bare = () => processor(['-e', '0'])
for (const [args, bound] of [
  [['--help'], 1.35],
  [['list'], 1.75],
  [['explain', 'AccessDenied'], 1.7],
]) {
  const own = () => processor([lab, ...args], { cwd: root })
  await atMost(`lab ${args[0]}, to node -e 0`, bound, least(own, bare, 10))
}

const folder = mkdtempSync(join(tmpdir(), 'accesslab-guard-'))
const bundle = sdkBundle()
const cold = () => {
  rmSync(join(folder, '.lab'), { recursive: true, force: true })
  return processor([lab, 'run', 'identity-policies', '--quiet'], { cwd: folder })
}
const sdk = () => processor([bundle])
await atMost('a cold run of a lab, to the import of the SDK clients', 5, least(cold, sdk, 6))
rmSync(dirname(bundle), { recursive: true, force: true })

const { outfile, remove } = sandboxBundle()
const { startSandbox } = await import(pathToFileURL(outfile).href)
const sandbox = await startSandbox({ directory: join(folder, 'sandbox') })
const clients = clientsTo(sandbox.endpoint, sandbox.accounts[0].admin)
await furnish(clients)
const replays = await sandboxToCanned(sandbox)
for (const [name, bound] of [
  ['GetCallerIdentity', 3.5],
  ['GetRole', 4.5],
  ['ListImages', 4.1],
])
  await atMost(`the sandbox’s ${name}, to a canned reply`, bound, () => replays.measure(name, 80, 30))
replays.close()
for (const client of Object.values(clients)) client.destroy()
await sandbox.close()
remove()
rmSync(folder, { recursive: true, force: true })

console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s`)
process.exitCode = slow === 0 ? 0 : 1

// Kill -9 during a storm of mixed writes from three processes: `node scripts/soak/storm.mjs [writes=5000] [kills=50] [seed=1]`.
// After every restart each acknowledged write must be there, an unacknowledged one whole or not at all, and nothing else.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { bundle, scratchFolder } from '../load.mjs'
import { readState } from './storm-state.mjs'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const [writes, kills, seed] = [5000, 50, 1].map((usual, at) => Number(process.argv[2 + at] ?? usual))
const processes = 3

const file = join(scratchFolder(), 'storm.mjs')
await bundle('scripts/soak/storm-source.ts', file)
const { randomFrom, startSandbox } = await import(pathToFileURL(file).href)
const random = randomFrom(seed)
const directory = mkdtempSync(join(tmpdir(), 'accesslab-storm-'))
const writer = fileURLToPath(new URL('storm-writer.mjs', import.meta.url))

/** What a thing may be: one value, or two while nobody knows whether a write took effect. */
const expected = new Map()
let acknowledged = 0
let unknown = 0

/** All writers until so many acknowledgements, and then a moment; all are killed at once. */
const storm = (round, enough) =>
  new Promise((done, fail) => {
    const open = new Map()
    let count = 0
    let left = processes
    const killAll = () => {
      for (const child of children) child.kill('SIGKILL')
    }
    const children = Array.from({ length: processes }, (_, at) => {
      const args = [writer, file, directory, `r${round}p${at}`, String(seed + round * processes + at)]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      let rest = ''
      child.stdout.on('data', chunk => {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop()
        for (const line of lines.map(text => JSON.parse(text))) {
          if (line.key !== undefined) {
            open.set(line.id, line)
            continue
          }
          const { key, to } = open.get(line.id)
          open.delete(line.id)
          expected.set(key, [to])
          count += 1
          if (count === enough) setTimeout(killAll, random() * 30)
        }
      })
      child.on('close', (code, signal) => {
        if (signal !== 'SIGKILL') fail(new Error(`a writer ended by itself with ${code}`))
        left -= 1
        if (left > 0) return
        for (const { key, from, to } of open.values()) expected.set(key, [from, to])
        acknowledged += count
        unknown += open.size
        done()
      })
      return child
    })
  })

const shown = value => JSON.stringify(value)

const check = async () => {
  const started = performance.now()
  const sandbox = await startSandbox({ directory })
  const start = performance.now() - started
  const { found, faults } = await readState(sandbox)
  for (const [key, values] of expected) {
    const is = found.get(key) ?? null
    if (!values.some(value => isDeepStrictEqual(value, is))) {
      faults.push(`${key} is ${shown(is)}, expected ${values.map(shown).join(' or ')}`)
    }
    expected.set(key, [is])
  }
  for (const key of found.keys()) if (!expected.has(key)) faults.push(`${key} is there, and nobody made it`)
  await sandbox.close()
  return { faults, things: found.size, start }
}

let broken = 0
let slowest = 0
for (let round = 0; round < kills; round += 1) {
  const share = writes / kills
  await storm(round, Math.ceil(share * (0.5 + random())))
  const { faults, things, start } = await check()
  slowest = Math.max(slowest, start)
  broken += faults.length
  for (const fault of faults) console.error(`after kill ${round + 1}: ${fault}`)
  if ((round + 1) % 10 === 0) console.log(`${round + 1} kills, ${acknowledged} acknowledged writes, ${things} things`)
}
rmSync(directory, { recursive: true, force: true })
console.log(
  `${kills} kills of ${processes} processes, ${acknowledged} acknowledged writes, ${unknown} in flight; ${broken} faults`,
)
console.log(`slowest start after a kill: ${slowest.toFixed(0)} ms`)
process.exitCode = broken === 0 ? 0 : 1

// The long proofs in their full form: crash at every journal line of every lab, a hundred seeds of faults and of late answers a lab, storms of
// kills, malformed requests. Hours are not needed, but patience is: `npm run soak`, or `npm run soak -- faults`. The seeded ones write down what
// they have run, for this state of the sources: stopped and started again, they go on where they were.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

const vitest = (...files) => [process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...files]]
const proofs = {
  crash: [
    ...vitest(
      ...['tests/soak/crash.test.ts', 'tests/soak/crash-all.test.ts'],
      ...['tests/soak/cut-journal.test.ts', 'tests/soak/isolation.test.ts'],
    ),
    { SOAK: '1' },
  ],
  faults: [...vitest('tests/soak/faults.test.ts'), { SOAK: '1' }, { seeded: true }],
  // Nothing but waiting: many more at once than processors could take otherwise.
  propagation: [...vitest('tests/soak/propagation.test.ts'), { SOAK: '1', SOAK_AT_ONCE: '50' }, { seeded: true }],
  durability: [...vitest('tests/conformance/durability.test.ts'), { DURABILITY_KILLS: '50' }],
  grading: [
    ...vitest('tests/runner/grading', 'tests/cli/grading', 'tests/policy/meaning', 'tests/soak/shards.test.ts'),
    { SOAK: '1' },
  ],
  check: [...vitest('tests/runner/check/corpus'), { SOAK: '1' }],
  storm: [process.execPath, ['scripts/soak/storm.mjs'], {}],
  fuzz: [process.execPath, ['scripts/soak/fuzz.mjs'], {}],
  mutants: [process.execPath, ['scripts/mutate-policy.mjs'], {}],
}
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !Object.hasOwn(proofs, name))
if (unknown.length > 0) {
  console.error(`no such proof: ${unknown.join(', ')}; there are: ${Object.keys(proofs).join(', ')}`)
  process.exit(2)
}

const git = (...args) => spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout ?? ''

/** Where the seeded proofs write what they have run; other sources, another file. */
const ledger = () => {
  const sources = createHash('sha256').update(git('rev-parse', 'HEAD')).update(git('diff', 'HEAD')).digest('hex')
  mkdirSync('.lab/soak', { recursive: true })
  return `${process.cwd()}/.lab/soak/${sources.slice(0, 12)}.jsonl`
}

const ended = (file, args, env) =>
  new Promise(done => {
    const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('close', code => done(code === 0))
  })

const failed = []
for (const [name, [file, args, env, { seeded = false } = {}]] of Object.entries(proofs)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  if (args[0]?.startsWith('scripts/') && !existsSync(args[0])) throw new Error(`${args[0]} is not there`)
  console.log(`\n== ${name}`)
  const parts = seeded ? availableParallelism() : 1
  const SOAK_LEDGER = seeded ? (process.env.SOAK_LEDGER ?? ledger()) : ''
  const held = await Promise.all(
    Array.from({ length: parts }, (_, part) =>
      ended(file, args, { ...env, ...(seeded ? { SOAK_SHARD: `${part + 1}/${parts}`, SOAK_LEDGER } : {}) }),
    ),
  )
  if (held.includes(false)) failed.push(name)
  if (seeded) {
    const lines = readFileSync(SOAK_LEDGER, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
    const own = lines.filter(line => line.proof.startsWith(`${name}: `))
    const passed = new Set(own.filter(line => line.complaints.length === 0).map(line => `${line.proof} ${line.seed}`))
    console.log(`${passed.size} seeded runs held (${SOAK_LEDGER})`)
  }
}
console.log(failed.length === 0 ? '\nall proofs hold' : `\nfailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

// The long proofs in their full form, one after the other: crash at every journal line of every lab, storms of faults and kills, malformed
// requests. Hours are not needed, but patience is: `npm run soak`, or `npm run soak -- crash`.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const proofs = {
  crash: ['npx', ['vitest', 'run', 'tests/soak'], { SOAK: '1' }],
  durability: ['npx', ['vitest', 'run', 'tests/conformance/durability.test.ts'], { DURABILITY_KILLS: '50' }],
  grading: ['npx', ['vitest', 'run', 'tests/runner/grading', 'tests/cli/grading'], { SOAK: '1' }],
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
const failed = []
for (const [name, [file, args, env]] of Object.entries(proofs)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  if (args[0]?.startsWith('scripts/') && !existsSync(args[0])) throw new Error(`${args[0]} is not there`)
  console.log(`\n== ${name}`)
  if (spawnSync(file, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status !== 0) failed.push(name)
}
console.log(failed.length === 0 ? '\nall proofs hold' : `\nfailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

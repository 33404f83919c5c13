// Which recorded or pasted error rows of AWS the conformance suite builds, and why the rest is left out.
// `node scripts/error-rows.mjs [--aws]`
import { load } from './load.mjs'

const { coverage } = await load('tests/conformance/errors/rows.ts')
const { covered, left } = coverage(process.argv.includes('--aws'))
for (const { op, situation } of covered) console.log(`covered  ${op}: ${situation}`)
for (const { row, because } of left)
  console.log(`left     ${row.op}: ${row.situation}\n         ${because ?? 'nobody has built it'}`)
console.log(`\n${covered.length} of ${covered.length + left.length} rows covered`)
if (left.some(({ because }) => because === null)) process.exitCode = 1

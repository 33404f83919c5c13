// One table, each figure as a ratio in one run, with the peer or floor named. `npm run bench`, or `npm run bench -- start-up`.
import { writeFileSync } from 'node:fs'

const wanted = process.argv.slice(2)
const modules = await Promise.all(['./startup.mjs', './lab-run.mjs'].map(file => import(file)))
const rows = []
for (const { name, run } of modules.filter(each => each.run && (wanted.length === 0 || wanted.includes(each.name)))) {
  for (const row of await run()) {
    rows.push({ benchmark: name, ...row })
    const ratio = row.ratio === undefined ? (row.skipped ?? '') : `${row.ratio.toFixed(2)} x ${row.against}`
    console.log(
      `${row.what.padEnd(44)} ${(row.ms === undefined ? '' : `${row.ms.toFixed(1)} ms`).padStart(11)}  ${ratio.padEnd(40)} ${row.aim ? `aim ${row.aim}` : ''}`,
    )
  }
}
if (wanted.length === 0)
  writeFileSync(
    new URL('results.json', import.meta.url),
    `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`,
  )

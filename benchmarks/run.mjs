// One table, each figure as a ratio in one run, with the peer or floor named. `npm run bench`, or `npm run bench -- start-up`. A file here that
// exports `name` and `run`, which gives rows, is a part of it once it is listed.
import { readFileSync, writeFileSync } from 'node:fs'

const files = ['startup', 'lab-run', 'all-labs', 'sandbox', 'policy', 'students']
const wanted = process.argv.slice(2).filter(each => !each.startsWith('--'))
const modules = await Promise.all(files.map(file => import(new URL(`${file}.mjs`, import.meta.url).href)))

const took = ({ ms, perSecond }) =>
  perSecond === undefined ? (ms === undefined ? '' : `${ms.toFixed(1)} ms`) : `${Math.round(perSecond)}/s`
const against = ({ ratio, against: peer, againstMs }) =>
  `${ratio.toFixed(2)}  ${peer}${againstMs === undefined ? '' : ` (${againstMs.toFixed(1)} ms)`}`

const rows = []
for (const { name, run } of modules.filter(each => wanted.length === 0 || wanted.includes(each.name)))
  for (const row of await run()) {
    rows.push({ benchmark: name, ...row })
    const found = row.ratio === undefined ? (row.skipped ?? '') : against(row)
    console.log(
      `${row.what.padEnd(62)} ${took(row).padStart(11)}  ${found.padEnd(62)} ${row.aim ? `aim ${row.aim}` : ''}`,
    )
  }
// What takes longer than a person waits for, classes of a size that was asked for, is kept beside the table that `npm run bench` writes.
const asked = process.argv.find(each => each.startsWith('--students='))
const file = new URL('results.json', import.meta.url)
const before = JSON.parse(readFileSync(file, 'utf8'))
const day = new Date().toISOString().slice(0, 10)
if (wanted.length === 0 || asked !== undefined) {
  const kept =
    wanted.length === 0 ? { rows } : { recorded: { day, command: `npm run bench -- students ${asked}`, rows } }
  writeFileSync(file, `${JSON.stringify({ ...before, node: process.version, ...kept }, null, 2)}\n`)
}

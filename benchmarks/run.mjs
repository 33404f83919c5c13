// One table, each figure as a ratio in one run, with the peer or floor named. `npm run bench`, or `npm run bench -- start-up`, whose rows take the
// place of those kept with `--keep`. A file here that exports `name` and `run`, which gives rows, is a part of it once it is listed.
import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'

const files = ['startup', 'lab-run', 'all-labs', 'sandbox', 'policy', 'students']
const wanted = process.argv.slice(2).filter(each => !each.startsWith('--'))
const modules = await Promise.all(files.map(file => import(new URL(`${file}.mjs`, import.meta.url).href)))

const took = ({ ms, perSecond }) =>
  perSecond === undefined ? (ms === undefined ? '' : `${ms.toFixed(1)} ms`) : `${Math.round(perSecond)}/s`
const against = ({ ratio, against: peer, againstMs }) =>
  `${ratio.toFixed(2)}  ${peer}${againstMs === undefined ? '' : ` (${againstMs.toFixed(1)} ms)`}`

/** One minute's average of processes that want a processor, what is measured included: of two processors, 2 is all they can do. */
const load = () => Number((loadavg()[0] ?? 0).toFixed(1))

const rows = []
const chosen = modules.filter(each => wanted.length === 0 || wanted.includes(each.name))
for (const { name, run } of chosen) {
  const before = load()
  const found = await run()
  const when = { day: new Date().toISOString().slice(0, 10), load: [before, load()] }
  for (const row of found) {
    rows.push({ benchmark: name, ...when, ...row })
    const told = row.ratio === undefined ? (row.skipped ?? '') : against(row)
    console.log(
      `${row.what.padEnd(62)} ${took(row).padStart(11)}  ${told.padEnd(62)} ${row.aim ? `aim ${row.aim}` : ''}`,
    )
  }
  console.log(`  load ${when.load.join(' to ')}`)
}
// What takes longer than a person waits for, classes of a size that was asked for, is kept beside the table that `npm run bench` writes.
const asked = process.argv.find(each => each.startsWith('--students='))
const file = new URL('results.json', import.meta.url)
const before = JSON.parse(readFileSync(file, 'utf8'))
const names = chosen.map(each => each.name)
const placed = () => {
  const kept = modules.flatMap(({ name }) =>
    (names.includes(name) ? rows : before.rows).filter(row => row.benchmark === name),
  )
  return { rows: kept }
}
if (wanted.length === 0 || process.argv.includes('--keep') || asked !== undefined) {
  const kept =
    asked === undefined || wanted.length === 0
      ? placed()
      : { recorded: { command: `npm run bench -- students ${asked}`, rows } }
  writeFileSync(file, `${JSON.stringify({ ...before, node: process.version, ...kept }, null, 2)}\n`)
}

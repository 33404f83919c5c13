// All labs with 100 ms added to every call, against the path that no order can shorten: the calls of a lab's steps one after another, those of a
// group's steps at once, a lab after those it needs. Of each call only the 100 ms count: no time of ours, none of the sandbox, no start-up, and
// not the question who the caller is, which comes before all steps. How many calls of a step come one after another is told by how long it took,
// in a run in which one step is done at a time and in the three that are measured, whichever says least: what a busy machine adds must not
// lengthen the path. Of the three the fastest counts. Labs that touch the same things wait for each other, too: in this catalogue there are none but those that need each other
// (tests/runner/engine/order-of-labs.test.ts), so that the path by needs alone is the same.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('..', import.meta.url))
const latency = 100

export const name = 'all labs'

/** How many calls of a step came one after another, at most. */
const callsIn = ({ durationMs }) => Math.floor(durationMs / latency)

/** By `lab/step`. */
const callsOf = ({ labs }) =>
  Object.fromEntries(labs.flatMap(lab => lab.steps.map(step => [`${lab.id}/${step.id}`, callsIn(step)])))

/** The ids of a lab's steps, those of a group together. */
const groupsOf = ({ steps }) => steps.map(step => (step.parallel ?? [step]).map(({ id }) => id))

function pathOf(reports) {
  const calls = reports.map(callsOf)
  const ends = {}
  for (const { id } of reports[0].labs) {
    const lab = parse(readFileSync(join(root, 'labs', id, 'lab.yaml'), 'utf8'))
    const least = step => Math.min(...calls.map(each => each[`${id}/${step}`]))
    const own = groupsOf(lab).reduce((sum, group) => sum + Math.max(...group.map(least)), 0)
    ends[id] = Math.max(0, ...(lab.needs ?? []).map(need => ends[need])) + own
  }
  return Math.max(...Object.values(ends)) * latency
}

export const run = () => {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-bench-'))
  const lab = (...args) =>
    spawnSync(process.execPath, [join(root, 'dist/lab.js'), ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 })
  const runAll = parallel => {
    const begun = performance.now()
    const { status, stdout, stderr } = lab('run', '--all', '--json', '--parallel', parallel)
    if (status !== 0) throw new Error(`lab run --all: exit ${status}\n${stderr}`)
    return { took: performance.now() - begun, report: JSON.parse(stdout) }
  }
  for (const each of ['labs', 'labs.yaml']) cpSync(join(root, each), join(folder, each), { recursive: true })
  writeFileSync(join(folder, 'late.json'), JSON.stringify({ rules: [{ kind: 'latency', delay: latency }] }))
  const log = join(folder, '.lab/sandbox/log.jsonl')
  try {
    lab('sandbox', 'start', '--faults', 'late.json')
    const runs = [runAll('16')]
    const calls = readFileSync(log, 'utf8').split('\n').length - 1
    while (runs.length < 3) {
      lab('sandbox', 'reset', '--yes')
      runs.push(runAll('16'))
    }
    lab('sandbox', 'reset', '--yes')
    const one = runAll('1')
    const path = pathOf([...runs, one].map(({ report }) => report))
    const took = Math.min(...runs.map(each => each.took))
    const { report } = one
    const against = 'the critical path'
    const all = `all ${report.labs.length} labs, ${latency} ms a call, ${calls} calls`
    return [
      { what: all, ms: took, against, againstMs: path, ratio: took / path, aim: '<= 1.1' },
      { what: 'the same, --parallel 1', ms: one.took, against, againstMs: path, ratio: one.took / path, aim: '' },
    ]
  } finally {
    lab('sandbox', 'stop')
    rmSync(folder, { recursive: true, force: true })
  }
}

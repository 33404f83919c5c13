// All labs with 100 ms added to every call, against the path that no order can shorten (critical-path.mjs). Of each call only the 100 ms count: no
// time of ours, none of the sandbox, no start-up, and not the question who the caller is, which comes before all steps. Which calls came one after
// another the sandbox's log tells, of a run in which one step is done at a time. Of three runs the fastest counts. Labs that touch the same things
// wait for each other, too: in this catalogue there are none but those that need each other (tests/runner/engine/order-of-labs.test.ts), so that the
// path by needs alone is the same.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { callsInARow, criticalPath } from './critical-path.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const latency = 100

export const name = 'all labs'

const linesOf = log =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))

const labsOf = ({ labs }) =>
  new Map(labs.map(({ id }) => [id, parse(readFileSync(join(root, 'labs', id, 'lab.yaml'), 'utf8'))]))

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
    const calls = linesOf(log).length
    while (runs.length < 3) {
      lab('sandbox', 'reset', '--yes')
      runs.push(runAll('16'))
    }
    lab('sandbox', 'reset', '--yes')
    const one = runAll('1')
    const { report } = one
    const begun = Date.parse(report.startedAt)
    const logged = linesOf(log).filter(({ time }) => Date.parse(time) >= begun)
    const path = criticalPath(labsOf(report), callsInARow(report, logged, latency))
    const pathMs = path.calls * latency
    const took = Math.min(...runs.map(each => each.took))
    const against = `the critical path, ${path.calls} calls of ${path.lab}`
    const all = `all ${report.labs.length} labs, ${latency} ms a call, ${calls} calls`
    return [
      { what: all, ms: took, against, againstMs: pathMs, ratio: took / pathMs, aim: '<= 1.1' },
      { what: 'the same, --parallel 1', ms: one.took, against, againstMs: pathMs, ratio: one.took / pathMs, aim: '' },
    ]
  } finally {
    lab('sandbox', 'stop')
    rmSync(folder, { recursive: true, force: true })
  }
}

// All labs with 100 ms added to every call, against the path that no order can shorten: the steps of a lab in their order, those of a group at
// once, a lab after those it needs, and nothing else before anything else.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const latency = 100

export const name = 'all labs'

/** Milliseconds of whole calls in a step; what remains is our own time, or waiting for our turn. */
const callsOf = ({ durationMs }) => Math.floor(durationMs / latency) * latency

const laidOut = ({ steps }) => {
  let [at, total] = [Number.NEGATIVE_INFINITY, 0]
  let group = 0
  // Steps that began before the one before them ended are a group.
  for (const step of steps) {
    const begun = Date.parse(step.startedAt)
    if (begun >= at) {
      total += group
      group = 0
    }
    group = Math.max(group, callsOf(step))
    at = Math.max(at, begun + step.durationMs)
  }
  return total + group
}

export const run = () => {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-bench-'))
  const lab = (...args) =>
    spawnSync(process.execPath, [join(root, 'dist/lab.js'), ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 })
  for (const each of ['labs', 'labs.yaml']) cpSync(join(root, each), join(folder, each), { recursive: true })
  writeFileSync(join(folder, 'late.json'), JSON.stringify({ rules: [{ kind: 'latency', delay: latency }] }))
  try {
    lab('sandbox', 'start', '--faults', 'late.json')
    const begun = performance.now()
    const { status, stdout, stderr } = lab('run', '--all', '--json', '--parallel', '16')
    const took = performance.now() - begun
    if (status !== 0) throw new Error(`lab run --all: exit ${status}\n${stderr}`)
    const { labs } = JSON.parse(stdout)
    const needs = Object.fromEntries(JSON.parse(lab('list', '--json').stdout).labs.map(each => [each.id, each.needs]))
    const ends = {}
    for (const each of labs) ends[each.id] = Math.max(0, ...needs[each.id].map(id => ends[id])) + laidOut(each)
    const path = Math.max(...Object.values(ends))
    const calls = readFileSync(join(folder, '.lab/sandbox/log.jsonl'), 'utf8').split('\n').length - 1
    const what = `all ${labs.length} labs, ${latency} ms a call, ${calls} calls`
    return [{ what, ms: took, against: 'the critical path', againstMs: path, ratio: took / path, aim: '<= 1.1' }]
  } finally {
    lab('sandbox', 'stop')
    rmSync(folder, { recursive: true, force: true })
  }
}

// Students per second, and memory and processor time with the class: node benchmarks/grading.mjs [STUDENTS,STUDENTS... [PARALLEL [LATENCY_MS [LABS]]]].
// The class is the rehearsal's, served by a process of its own, every answer LATENCY_MS late. The ideal is the sum of these delays over the students
// at once. Processor time is the grader's own: on a machine that others use as well it says what the wall clock cannot.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [sizes = '100,1000', atOnce = 32, milliseconds = 50, labs = 'identity-policies,repository-policies'] =
  process.argv.slice(2)
const [parallel, latency] = [Number(atOnce), Number(milliseconds)]
const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'accesslab-bench-'))
const bin = join(root, 'dist/lab.js')

/** Runs lab; peak memory in MiB and processor time in seconds as the kernel counts them, where it does. */
const lab = (args, env = {}) =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, used] = ['', { peak: 0, processor: 0 }]
    const watch = setInterval(() => {
      used = usedBy(child.pid) ?? used
    }, 100)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (out += text))
    child.on('close', code => {
      clearInterval(watch)
      if (code === 0) done({ out, ...used })
      else fail(new Error(`lab ${args.join(' ')} ended with ${code}: ${out.slice(-2000)}`))
    })
  })

/** null: it has ended, or this is no Linux. */
function usedBy(pid) {
  try {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).map(Number)
    return { peak, processor: (user + system) / 100 }
  } catch {
    return null
  }
}

/** Calls that the sandbox served: it keeps two files of its log at most, so they are counted as they come. */
function countCalls() {
  const file = join(folder, '.lab/sandbox/log.jsonl')
  let [calls, last] = [0, 0]
  const look = () => {
    const lines = existsSync(file) ? readFileSync(file).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0) : 0
    calls += lines >= last ? lines - last : lines
    last = lines
  }
  look()
  calls = 0
  const timer = setInterval(look, 5_000)
  return () => {
    clearInterval(timer)
    look()
    return calls
  }
}

async function measure(count) {
  rmSync(join(folder, '.lab'), { recursive: true, force: true })
  const made = performance.now()
  await lab(['sandbox', 'class', '--students', String(count), '--seed', '7'])
  const making = (performance.now() - made) / 1000
  writeFileSync(join(folder, 'late.json'), JSON.stringify({ rules: [{ kind: 'latency', delay: latency }] }))
  await lab(['sandbox', 'start', '--faults', 'late.json'])
  const calls = countCalls()
  const begun = performance.now()
  const { peak, processor } = await lab([
    ...['verify', ...labs.split(','), '--roster', 'class/roster.csv', '--quiet'],
    ...['--assume-role', 'OrganizationAccountAccessRole', '--parallel', String(parallel), '--report', 'csv=marks.csv'],
  ])
  const seconds = (performance.now() - begun) / 1000
  await lab(['sandbox', 'stop'])
  const served = calls()
  const ideal = (served * latency) / parallel / 1000
  return { seconds, perSecond: count / seconds, calls: served, peak, processor, ideal, making }
}

try {
  process.stdout.write(
    `${cpus().length} cores under a load of ${loadavg()[0]?.toFixed(0)}, ${parallel} at once, ${latency} ms a call, ${labs}\n`,
  )
  for (const count of sizes.split(',').map(Number)) {
    const { seconds, perSecond, calls, peak, processor, ideal, making } = await measure(count)
    const against = ideal === 0 ? '' : `${(seconds / ideal).toFixed(2)} of the ideal ${ideal.toFixed(1)} s, `
    process.stdout.write(
      `${count} students: ${seconds.toFixed(1)} s, ${perSecond.toFixed(1)} a second, ${calls} calls, ${against}` +
        `${((1000 * processor) / count).toFixed(1)} ms of processor a student, peak ${peak.toFixed(0)} MiB; made in ${making.toFixed(1)} s\n`,
    )
  }
} finally {
  await lab(['sandbox', 'stop']).catch(() => {})
  rmSync(folder, { recursive: true, force: true })
}

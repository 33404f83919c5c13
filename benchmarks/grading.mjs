// Students per second, and memory with the class: node benchmarks/grading.mjs [STUDENTS [PARALLEL [LATENCY_MS]]]. The class is the rehearsal's,
// served by a process of its own, every answer LATENCY_MS late. The ideal is the sum of these delays over the students at once.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [students = 1000, parallel = 32, latency = 50] = process.argv.slice(2).map(Number)
const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'accesslab-bench-'))
const bin = join(root, 'dist/lab.js')

/** Runs lab; peak memory in MiB as the kernel counts it, where it does. */
const lab = (args, env = {}) =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, peak] = ['', 0]
    const watch = setInterval(() => {
      peak = Math.max(peak, residentOf(child.pid))
    }, 100)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (out += text))
    child.on('close', code => {
      clearInterval(watch)
      if (code === 0) done({ out, peak: peak / 1024 })
      else fail(new Error(`lab ${args.join(' ')} ended with ${code}: ${out.slice(-2000)}`))
    })
  })

function residentOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Milliseconds of each call that the sandbox served. */
function served() {
  const lines = readFileSync(join(folder, '.lab/sandbox/log.jsonl'), 'utf8').split('\n').filter(Boolean)
  return lines.map(line => JSON.parse(line).milliseconds)
}

async function measure(count) {
  await lab(['sandbox', 'class', '--students', String(count), '--seed', '7'])
  writeFileSync(join(folder, 'late.json'), JSON.stringify({ rules: [{ kind: 'latency', delay: latency }] }))
  await lab(['sandbox', 'start', '--faults', 'late.json'])
  const before = served().length
  const begun = performance.now()
  const { peak } = await lab([
    ...['verify', 'identity-policies', 'repository-policies', '--roster', 'class/roster.csv', '--quiet'],
    ...['--assume-role', 'OrganizationAccountAccessRole', '--parallel', String(parallel), '--report', 'csv=marks.csv'],
  ])
  const seconds = (performance.now() - begun) / 1000
  const calls = served().length - before
  await lab(['sandbox', 'stop'])
  const ideal = (calls * latency) / parallel / 1000
  return { students: count, seconds, perSecond: count / seconds, calls, peak, ideal }
}

try {
  process.stdout.write(`${cpus().length} cores, ${parallel} at once, ${latency} ms a call\n`)
  for (const count of [...new Set([Math.min(100, students), students])]) {
    const { seconds, perSecond, calls, peak, ideal } = await measure(count)
    process.stdout.write(
      `${count} students: ${seconds.toFixed(1)} s, ${perSecond.toFixed(1)} a second, ${calls} calls, ` +
        `${(seconds / ideal).toFixed(2)} of the ideal ${ideal.toFixed(1)} s, peak ${peak.toFixed(0)} MiB\n`,
    )
  }
} finally {
  await lab(['sandbox', 'stop']).catch(() => {})
  rmSync(folder, { recursive: true, force: true })
}

// A class of the rehearsal's, graded by a process of its own and served by another, every answer LATENCY_MS late. The ideal is the sum of these
// delays over the students at once. Memory and processor time are the grader's own, as the kernel counts them. A part of `npm run bench`: 100 and
// 1,000 students, or as many as `--students=100,1000,10000` says (the last takes 15 minutes).
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const name = 'students'

const bin = join(resolve(import.meta.dirname, '..'), 'dist/lab.js')

/** Runs lab in a folder; peak memory in MB and processor time in seconds as the kernel counts them, where it does. */
const labIn =
  folder =>
  (args, env = {}) =>
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
    // A process that is ending has no memory any more, and no peak of it.
    const [, highest] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    if (highest === undefined) return null
    const peak = Number(highest) * 1.024e-3
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).map(Number)
    return { peak, processor: (user + system) / 100 }
  } catch {
    return null
  }
}

/** Calls that the sandbox served: it keeps two files of its log at most, so they are counted as they come. */
function countCalls(folder) {
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

/** Grades classes of these sizes one after another; calls back with what was found of each. */
export async function gradeClasses(sizes, { parallel, latency, labs }, found) {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-bench-'))
  const lab = labIn(folder)
  const measure = async count => {
    rmSync(join(folder, '.lab'), { recursive: true, force: true })
    await lab(['sandbox', 'class', '--students', String(count), '--seed', '7'])
    writeFileSync(join(folder, 'late.json'), JSON.stringify({ rules: [{ kind: 'latency', delay: latency }] }))
    await lab(['sandbox', 'start', '--faults', 'late.json'])
    const calls = countCalls(folder)
    const begun = performance.now()
    const { peak, processor } = await lab([
      ...['verify', ...labs.split(','), '--roster', 'class/roster.csv', '--quiet'],
      ...[
        '--assume-role',
        'OrganizationAccountAccessRole',
        '--parallel',
        String(parallel),
        '--report',
        'csv=marks.csv',
      ],
    ])
    const seconds = (performance.now() - begun) / 1000
    await lab(['sandbox', 'stop'])
    const served = calls()
    return { count, seconds, calls: served, peak, processor, ideal: (served * latency) / parallel / 1000 }
  }
  try {
    for (const count of sizes) found(await measure(count))
  } finally {
    await lab(['sandbox', 'stop']).catch(() => {})
    rmSync(folder, { recursive: true, force: true })
  }
}

export const run = async () => {
  const asked = process.argv.find(each => each.startsWith('--students='))?.slice('--students='.length)
  const rows = []
  let before = null
  const given = { parallel: 16, latency: 50, labs: 'identity-policies,repository-policies' }
  await gradeClasses((asked ?? '100,1000').split(',').map(Number), given, found => {
    const { count, seconds, ideal, peak, processor } = found
    const each = (1000 * processor) / count
    const against = 'the latency of its calls, 16 students at once'
    rows.push(
      {
        what: `${count} students`,
        ms: 1000 * seconds,
        against,
        againstMs: 1000 * ideal,
        ratio: seconds / ideal,
        aim: '<= 1.15',
      },
      {
        what: `${count} students, peak memory ${peak.toFixed(0)} MB`,
        against: '250 MB',
        ratio: peak / 250,
        aim: '<= 1',
      },
    )
    if (before !== null) {
      const what = `${count} students, processor time of each`
      rows.push({
        what,
        ms: each,
        against: `each of ${before.count}`,
        againstMs: before.each,
        ratio: each / before.each,
        aim: '<= 1.1',
      })
    }
    before = { count, each }
  })
  return rows
}

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { grade, gradedOf, newClass } from '../grading/class.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

test('a folder that is not there, not to be read or not said is exit code 2 and one sentence', async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'file'), '')
  mkdirSync(join(cwd, 'empty'))
  const cases: [string[], string][] = [
    [['nope'], `there is no folder \`${join(cwd, 'nope')}\``],
    [['empty', 'nope/results'], `there is no folder \`${join(cwd, 'nope/results')}\``],
    [['file'], `\`${join(cwd, 'file')}\` is no folder`],
    [['empty'], `no shard is in \`${join(cwd, 'empty')}\``],
    [[''], '`lab merge` was given an empty name'],
    [['empty', ''], '`lab merge` was given an empty name'],
  ]
  for (const [folders, message] of cases) {
    const ran = await lab(['merge', ...folders], { cwd })
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(message)])
    expect(ran.stderr).not.toContain('ENO')
  }
})

test.skipIf(process.getuid?.() === 0)('a folder that may not be read is exit code 2 (not for root)', async () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'results/closed'), { recursive: true })
  chmodSync(join(cwd, 'results/closed'), 0)
  const ran = await lab(['merge', 'results'], { cwd })
  expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining('results/closed` may not be read')])
})

test('who was not graded when the parts were merged is graded with --rerun-failed, the others keep their results, and it is merged again', async () => {
  const cwd = await newClass(4)
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
  const part = (shard: string, ...more: string[]) => grade(cwd, '--shard', shard, '--out', 'results', ...more)
  const early = await part('1/2', '--rerun-failed')
  expect([early.exitCode, early.stderr]).toEqual([2, expect.stringContaining('nothing is selected')])
  expect(existsSync(join(cwd, 'results'))).toBe(false)
  for (const shard of ['1/2', '2/2']) expect((await part(shard)).exitCode).toBe(0)
  // As an outage leaves it.
  const file = 'results/shard-1-of-2/results.jsonl'
  const [first = '', ...others] = read(file).split('\n').filter(Boolean)
  const { digest, report } = JSON.parse(first)
  const open = { ...report, graded: false, points: null, error: { code: 'timeout', message: 'no answer came' } }
  writeFileSync(join(cwd, file), `${[JSON.stringify({ digest, report: open }), ...others].join('\n')}\n`)
  const merge = () => lab(['merge', 'results', '--report', 'json=marks.jsonl'], { cwd })
  const gap = await merge()
  expect([gap.exitCode, gap.stdout]).toEqual([3, expect.stringContaining('3 of 4 students graded')])
  expect(gap.stdout).toContain('Next: mend what kept them, then each part with --rerun-failed')
  const plain = await part('1/2')
  expect([plain.exitCode, plain.stderr]).toEqual([2, expect.stringContaining('were merged already')])
  expect(plain.stderr).toContain('--rerun-failed')
  const again = await Promise.all(['1/2', '2/2'].map(shard => part(shard, '--rerun-failed')))
  expect(again.map(({ exitCode, stdout }) => [exitCode, stdout.match(/\d students? had a result/)?.[0]])).toEqual([
    [0, '1 student had a result'],
    [0, '2 students had a result'],
  ])
  const whole = await merge()
  expect([whole.exitCode, whole.stderr]).toEqual([0, ''])
  const marks = gradedOf(read('marks.jsonl'))
  expect(marks.map(({ student, graded }) => [student, graded])).toEqual(
    ['student-1', 'student-2', 'student-3', 'student-4'].map(name => [name, true]),
  )
  // Another round is none of it: whoever does not say so, adds nothing.
  expect((await part('2/2')).stderr).toContain('were merged already')
}, 240_000)

test.each([
  [['run', 'trust-policy', '--dry-run'], '`--dry-run` with a shard'],
  [['run', 'trust-policy', '--until', 'role'], '`--until` with a shard'],
  [['verify', 'trust-policy', '--roster', 'r.csv', '--student', 'ada'], '`--student` with a shard'],
])(
  'in an array job, where no flag says that this is a part, the way to the whole is named: %s',
  async (args, message) => {
    const cwd = temporaryFolder({ labs: true })
    const env = { AWS_BATCH_JOB_ARRAY_INDEX: '0', AWS_BATCH_JOB_ARRAY_SIZE: '2' }
    const ran = await lab(args, { cwd, env })
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(message)])
    expect(ran.stderr).toContain('--shard 1/1 without --out is no part of anything')
    if (args.includes('--dry-run')) {
      const whole = await lab([...args, '--shard', '1/1'], { cwd, env })
      expect([whole.exitCode, whole.stdout]).toEqual([0, expect.stringContaining('a dry run')])
    }
  },
)

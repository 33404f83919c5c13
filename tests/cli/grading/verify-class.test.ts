import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab } from '../world-for-tests.ts'
import { grade, gradedOf, newClass, truthOf, wrongVerdicts } from './class.ts'

const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8')

test('the same seed makes the same class', async () => {
  const [one, other] = await Promise.all([newClass(20, 3), newClass(20, 3)])
  for (const file of ['class/roster.csv', 'class/truth.jsonl']) expect(read(one, file)).toBe(read(other, file))
  expect(new Set(truthOf(one).map(({ state }) => state)).size).toBe(17)
})

test('who cannot be reached is not graded, never zero, and costs nobody else', async () => {
  const cwd = await newClass(3)
  const [header, ...rows] = read(cwd, 'class/roster.csv').trim().split('\n')
  const closed = ['closed,912345678901,,', ',111122223333,,', 'short,123,,']
  writeFileSync(join(cwd, 'class/roster.csv'), [header, rows[0], ...closed, ...rows.slice(1)].join('\n'))
  const ran = await grade(cwd, '--json', '--report', 'csv=marks.csv')
  expect(ran.exitCode).toBe(3)
  const lines = gradedOf(ran.stdout)
  expect(lines.map(({ graded, points }) => [graded, points === null])).toEqual([
    [true, false],
    [false, true],
    [true, false],
    [true, false],
  ])
  expect(lines[1]?.error?.code).toBe('AccessDenied')
  expect(wrongVerdicts(cwd, lines)).toEqual([])
  expect(ran.stderr).toContain('line 4  not graded: no student')
  expect(ran.stderr).toContain('line 5 (short)  not graded: `123` is no account id')
  expect(ran.stderr).toContain('3 of 6 students graded · 3 not graded')
  expect(read(cwd, 'marks.csv')).toContain('closed,912345678901,identity-policies,,error,,4')
})

test('an account that is not the row’s is not graded', async () => {
  const cwd = await newClass(2)
  const [header, ...rows] = read(cwd, 'class/roster.csv').trim().split('\n')
  const other = (rows[1] ?? '').split(',')[1]
  const cells = (rows[0] ?? '').split(',')
  const row = [...cells, `arn:aws:iam::${other}:role/OrganizationAccountAccessRole`].join(',')
  writeFileSync(join(cwd, 'class/roster.csv'), `${header},role-arn\n${row}\n`)
  const ran = await grade(cwd, '--json')
  expect(gradedOf(ran.stdout)[0]).toMatchObject({ graded: false, points: null, error: { code: 'other-account' } })
  expect(ran.exitCode).toBe(3)
})

test('marks matter with --fail-under only', async () => {
  const cwd = await newClass(17)
  const under = await grade(cwd, '--fail-under', '50')
  expect(under.exitCode).toBe(1)
  expect(under.stdout).toMatch(/students below 50 %/)
}, 120_000)

test('--rerun-failed does those who were not graded, and --student one; the others keep their results', async () => {
  const cwd = await newClass(4)
  expect((await grade(cwd, '--rerun-failed')).exitCode).toBe(2)
  const whole = read(cwd, 'class/roster.csv')
  const student = /^student-2,(\d{12})/m.exec(whole)
  await lab(['verify', 'identity-policies', '--roster', 'class/roster.csv'], { cwd })
  const nobody = await lab(['verify', 'identity-policies', '--roster', 'class/roster.csv', '--json'], { cwd })
  expect(nobody.exitCode).toBe(3)
  expect(gradedOf(nobody.stdout).map(({ error }) => error?.code)).toEqual(Array(4).fill('no-way'))
  expect(student).not.toBeNull()
  const first = await grade(cwd, '--timeout', '1s', '--json')
  const again = await grade(cwd, '--rerun-failed', '--json')
  expect(again.exitCode, first.stderr + again.stderr).toBe(0)
  expect(wrongVerdicts(cwd, gradedOf(again.stdout))).toEqual([])
  const one = await grade(cwd, '--student', 'student-3')
  expect(one.stdout.match(/^ {2}[✔✖]/gm)).toHaveLength(1)
  expect(one.stdout).toContain('4 of 4 students graded')
}, 120_000)

test('a grading that was killed goes on: a torn line is nobody’s, and each student is graded once', async () => {
  const cwd = await newClass(6)
  const whole = gradedOf((await grade(cwd, '--json')).stdout)
  const id = /grading (\w{8})/.exec((await grade(cwd)).stdout)?.[1] ?? ''
  const folder = join(cwd, '.lab/grading', id)
  const [one = '', two = ''] = readFileSync(join(folder, 'results.jsonl'), 'utf8').split('\n')
  // As kill -9 leaves it: no end, two results, half a third.
  const state = JSON.parse(readFileSync(join(folder, 'grading.json'), 'utf8'))
  writeFileSync(join(folder, 'grading.json'), JSON.stringify({ ...state, endedAt: null }))
  writeFileSync(join(folder, 'results.jsonl'), `${one}\n${two}\n`)
  appendFileSync(join(folder, 'results.jsonl'), '{"digest":"x","report":{"stud')
  const resumed = await grade(cwd, '--json')
  expect(resumed.stderr).toContain('2 students had a result already')
  expect(gradedOf(resumed.stdout).map(({ student, points }) => [student, points])).toEqual(
    whole.map(({ student, points }) => [student, points]),
  )
  const students = readFileSync(join(folder, 'results.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line).report.student)
  expect([...students].sort()).toEqual(whole.map(({ student }) => student).sort())
}, 120_000)

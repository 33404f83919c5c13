import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gradedLabs, gradedOf, newClass, throughRole, truthOf, wrongVerdicts } from './class.ts'
import { started } from './lab-process.ts'

const verify = ['verify', ...gradedLabs, '--roster', 'class/roster.csv', ...throughRole]

test('a grading killed with -9 in the middle goes on with the same command: each student is graded exactly once', async () => {
  const cwd = await newClass(17)
  const killed = await started(cwd, [...verify, '--parallel', '2'], (out, child) => {
    if ((out.match(/^ {2}[✔✖]/gm)?.length ?? 0) >= 4) child.kill('SIGKILL')
  })
  expect(killed.signal).toBe('SIGKILL')
  const id = /grading (\w{8})/.exec(killed.out)?.[1] ?? ''
  const results = () =>
    readFileSync(join(cwd, '.lab/grading', id, 'results.jsonl'), 'utf8')
      .split('\n')
      .slice(0, -1)
  const early = results()
  expect(early.length).toBeGreaterThanOrEqual(4)
  expect(early.length).toBeLessThan(17)
  const resumed = await started(cwd, [...verify, '--report', 'json=marks.jsonl', '--report', 'csv=marks.csv'])
  expect([resumed.code, resumed.out]).toEqual([0, expect.stringContaining('students had a result already')])
  const students = [...new Set(truthOf(cwd).map(({ student }) => student))]
  const reports = gradedOf(readFileSync(join(cwd, 'marks.jsonl'), 'utf8'))
  expect(reports.map(({ student }) => student)).toEqual(students)
  expect(wrongVerdicts(cwd, reports)).toEqual([])
  // Nobody of whom there was a result was asked for again.
  expect(results().slice(0, early.length)).toEqual(early)
  expect(
    results()
      .map(line => JSON.parse(line).report.student)
      .sort(),
  ).toEqual(students)
}, 180_000)

test('an account that hangs costs its own time and nobody else’s, as a process', async () => {
  const cwd = await newClass(4)
  const roster = readFileSync(join(cwd, 'class/roster.csv'), 'utf8').trim().split('\n')
  const account = (roster[2] ?? '').split(',')[1]
  const rules = [{ kind: 'latency', operation: 'sts:AssumeRole', delay: '10m', after: 1, times: 1 }]
  writeFileSync(join(cwd, 'hang.json'), JSON.stringify({ rules }))
  const served = await started(cwd, ['sandbox', 'start', '--faults', 'hang.json'])
  expect(served.code, served.out).toBe(0)
  try {
    const ran = await started(cwd, [...verify, '--parallel', '1', '--timeout', '20s', '--json'])
    const reports = gradedOf(
      ran.out
        .split('\n')
        .filter(line => line.startsWith('{'))
        .join('\n'),
    )
    expect(reports.map(({ graded }) => graded)).toEqual([true, false, true, true])
    expect(reports[1]).toMatchObject({ accountId: account, error: { code: 'timeout' }, points: null })
    expect(ran.code).toBe(3)
    expect(wrongVerdicts(cwd, reports)).toEqual([])
  } finally {
    // The late answer is still to come.
    const stopped = await started(cwd, ['sandbox', 'stop'])
    expect(stopped.code, stopped.out).toBe(0)
  }
}, 180_000)

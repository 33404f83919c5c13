import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gradedLabs, gradedOf, newClass, throughRole, truthOf, wrongVerdicts } from '../cli/grading/class.ts'
import { started } from '../cli/grading/lab-process.ts'

/** As many as the issue asks for; without SOAK a few, in as few parts. */
const [students, count] = process.env.SOAK === undefined ? [34, 4] : [1000, 8]
const verify = ['verify', ...gradedLabs, '--roster', 'class/roster.csv', ...throughRole, '--parallel', '4']
const done = (out: string) => out.match(/^ {2}[✔✖]/gm)?.length ?? 0

test(`${students} students in ${count} processes, two of them killed with -9 and started again: each is merged exactly once, with the true verdict`, async () => {
  const cwd = await newClass(students)
  const part = (index: number) => [...verify, '--shard', `${index}/${count}`, '--out', 'results']
  const shards = Array.from({ length: count }, (_, at) => at + 1)
  const ended = await Promise.all(
    shards.map(async index => {
      if (index > 2) return started(cwd, part(index))
      const killed = await started(cwd, part(index), (out, child) => {
        if (done(out) >= 3) child.kill('SIGKILL')
      })
      expect([index, killed.signal]).toEqual([index, 'SIGKILL'])
      return started(cwd, part(index))
    }),
  )
  expect(ended.map(({ code }) => code)).toEqual(shards.map(() => 0))
  for (const { out } of ended.slice(0, 2)) expect(out).toContain('had a result already')
  const merged = await started(cwd, ['merge', 'results', '--report', 'json=marks.jsonl', '--report', 'csv=marks.csv'])
  expect([merged.code, merged.out]).toEqual([0, expect.stringContaining(`${students} of ${students} students graded`)])
  const reports = gradedOf(readFileSync(join(cwd, 'marks.jsonl'), 'utf8'))
  expect(reports.map(({ student }) => student)).toEqual([...new Set(truthOf(cwd).map(({ student }) => student))])
  expect(wrongVerdicts(cwd, reports)).toEqual([])
  const lines = shards.flatMap(index =>
    readFileSync(join(cwd, `results/shard-${index}-of-${count}/results.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean),
  )
  expect(lines).toHaveLength(students)
}, 1_800_000)

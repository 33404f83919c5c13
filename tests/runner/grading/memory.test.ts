import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { writeClassReports } from '../../../cli/grading/class-reports.ts'
import { gradeClass } from '../../../runner/grading/grade-class.ts'
import type { Student } from '../../../runner/grading/read-roster.ts'
import { ResultsFile } from '../../../runner/grading/results-file.ts'
import { type StudentReport, studentReport } from '../../../runner/grading/student-report.ts'
import { labReport, reportOf, stepReport } from '../../reports/sample-report.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const studentOf = (index: number): Student => ({
  ...{ line: index + 2, student: `student-${index}`, account: '111122223333', profile: null },
  ...{ roleArn: null, externalId: null, overrides: {} },
})

/** As long as one of the shipped labs' reports. */
function reportOfStudent(student: Student): StudentReport {
  const steps = Array.from({ length: 12 }, (_, index) =>
    stepReport(`step-${index}`, 'passed', { output: { text: `${student.student} ${'x'.repeat(600)}` } }),
  )
  return studentReport(reportOf([labReport('one', 'passed', steps, { points: 12 })]), student)
}

/** Bytes that are held when so many have been graded, and their reports been written. */
async function heldAfter(count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-memory-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const students = Array.from({ length: count }, (_, index) => studentOf(index))
  const results = ResultsFile.open(join(folder, 'results.jsonl'), true)
  const { signal } = new AbortController()
  collect()
  const before = process.memoryUsage().heapUsed
  await gradeClass({
    ...{ students, results, parallel: 16, question: 'memory', rerunFailed: false, again: new Set(), signal },
    grade: async student => reportOfStudent(student),
    onDone: () => {},
  })
  writeClassReports(
    folder,
    [
      { kind: 'csv', path: 'x.csv' },
      { kind: 'json', path: 'x.jsonl' },
      { kind: 'markdown', path: 'x.md' },
    ],
    function* () {
      for (const { student } of students) {
        const report = results.read(student)
        if (report) yield report
      }
    },
  )
  collect()
  const held = process.memoryUsage().heapUsed - before
  expect(statSync(join(folder, 'x.jsonl')).size).toBeGreaterThan(count * 9_000)
  results.close()
  return held
}

test('memory does not grow with the class: of 5,000 students less is held than a tenth of a report each', async () => {
  const [few, many] = [await heldAfter(500), await heldAfter(5_000)]
  expect((many - few) / 4_500).toBeLessThan(1_000)
}, 180_000)

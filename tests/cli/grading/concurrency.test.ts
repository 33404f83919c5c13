import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { grade, gradedOf, newClass, truthOf, withoutTimes, wrongVerdicts } from './class.ts'

/** As many as the issue asks for; without SOAK every state once. */
const students = process.env.SOAK === undefined ? 17 : 200
const column = ['--assignment', 'Lab 3 (123)']

/** What a class's gradebooks export, before any mark. */
function exportsOf(cwd: string, at: number): string[] {
  const names = [...new Set(truthOf(cwd).map(({ student }) => student))]
  const canvas = ['Student,ID,SIS User ID,SIS Login ID,Section,Lab 3 (123)', '    Points Possible,,,,,8']
  const moodle = ['First name,Surname,ID number,Email address,Lab 3 (123)']
  for (const [index, name] of names.entries()) {
    canvas.push(`"Someone, ${index}",${index},,${name},A,`)
    moodle.push(`Some,One,${index},${name},-`)
  }
  writeFileSync(join(cwd, `canvas-${at}.csv`), canvas.join('\r\n'))
  writeFileSync(join(cwd, `moodle-${at}.csv`), moodle.join('\n'))
  return ['--gradebook', `canvas=canvas-${at}.csv`, '--gradebook', `moodle=moodle-${at}.csv`]
}

/** Every file of a folder and its folders, by name. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => [
        join(parentPath, name).slice(folder.length),
        readFileSync(join(parentPath, name), 'utf8'),
      ]),
  )

test('at 1, 8 and 32 at once every verdict is true, the gradebooks are the same bytes, the reports equal but for times and ids', async () => {
  const cwd = await newClass(students)
  const seen = []
  for (const at of [1, 8, 32]) {
    const files = [`csv=${at}.csv`, `json=${at}.jsonl`, `gradescope=gradescope-${at}`].flatMap(each => [
      '--report',
      each,
    ])
    const flags = [...files, ...exportsOf(cwd, at), ...column, '--feedback', `feedback-${at}`, '--quiet']
    const ran = await grade(cwd, '--parallel', String(at), ...flags)
    expect(ran.exitCode, ran.stderr).toBe(0)
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
    const reports = gradedOf(read(`${at}.jsonl`))
    expect(reports).toHaveLength(students)
    expect(reports.filter(({ graded }) => !graded)).toEqual([])
    expect(wrongVerdicts(cwd, reports)).toEqual([])
    const gradebooks = [`${at}.csv`, `canvas-${at}.csv`, `moodle-${at}.csv`].map(read)
    const folders = [`gradescope-${at}`, `feedback-${at}`].map(name => filesIn(join(cwd, name)))
    seen.push({ gradebooks, folders, reports: withoutTimes(reports) })
  }
  const [one, eight, many] = seen
  expect(eight).toEqual(one)
  expect(many).toEqual(one)
  expect(Object.keys(one?.folders[1] ?? {})).toHaveLength(students)
}, 900_000)

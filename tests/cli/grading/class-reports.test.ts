import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readXml } from '../../reports/read-xml.ts'
import { grade, newClass } from './class.ts'

test('every other kind of report of a class: a file for each student, or a page of all; who was not graded is an error in it', async () => {
  const cwd = await newClass(4)
  const roster = readFileSync(join(cwd, 'class/roster.csv'), 'utf8').trim().split('\n')
  writeFileSync(join(cwd, 'class/roster.csv'), [...roster, '"Closed, | <b>",912345678901,,'].join('\n'))
  const kinds = ['junit=junit', 'ctrf=ctrf', 'html=html', 'markdown=class.md']
  const ran = await grade(cwd, ...kinds.flatMap(kind => ['--report', kind]))
  expect(ran.exitCode, ran.stderr).toBe(3)
  const students = ['student-1', 'student-2', 'student-3', 'student-4']
  const filesOf = (kind: string) => readdirSync(join(cwd, kind)).sort()
  for (const [kind, ending] of Object.entries({ junit: 'xml', ctrf: 'json', html: 'html' })) {
    const files = filesOf(kind)
    expect(files.slice(1)).toEqual(students.map(student => `${student}.${ending}`))
    expect(files[0]).toMatch(/^Closed/)
    expect(readFileSync(join(cwd, kind, files[0] ?? ''), 'utf8')).toContain('cannot be assumed')
  }
  const [closed, ...others] = filesOf('junit').map(name => readXml(readFileSync(join(cwd, 'junit', name), 'utf8')))
  expect(closed?.attributes).toMatchObject({ tests: '2', failures: '0', errors: '2' })
  const classes = [closed, ...others].flatMap(each => each?.children.map(suite => suite.attributes.name) ?? [])
  expect(new Set(classes).size).toBe(classes.length)
  const page = readFileSync(join(cwd, 'class.md'), 'utf8')
  expect(page).toMatch(/^## AccessLab verify: 4 of 5 students graded, mean \d+\.\d %\n/)
  expect(page).toContain('| `identity-policies/team-b-denied` |')
  expect(page).toMatch(/\| Closed, \\\| &lt;b&gt; \| not graded \| arn:aws:iam::912345678901/)
  for (const student of students) expect(page).toMatch(new RegExp(`\\| ${student} \\| \\d/8 \\| identity-policies \\d`))
}, 120_000)

test('a report of a class that cannot be written is found before anybody is graded; one that fails then costs no other', async () => {
  const cwd = await newClass(1)
  writeFileSync(join(cwd, 'file'), '')
  const before = await grade(cwd, '--report', 'junit=file', '--report', 'json=out/marks.jsonl')
  expect(before).toMatchObject({ exitCode: 3, stdout: '' })
  expect(before.stderr).toContain('the report `file` cannot be written: ')
  symlinkSync(join(cwd, 'nowhere', 'x'), join(cwd, 'link'))
  const after = await grade(cwd, '--report', 'csv=link', '--report', 'junit=junit', '--report', 'json=out/marks.jsonl')
  expect(after.exitCode).toBe(3)
  expect(after.stderr).toContain('the report `link` cannot be written: ')
  expect(after.stdout).toContain('1 of 1 student graded')
  for (const file of ['junit/student-1.xml', 'out/marks.jsonl']) expect(existsSync(join(cwd, file))).toBe(true)
}, 60_000)

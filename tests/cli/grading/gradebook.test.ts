import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const answers = {
  'müller@example.org': 'team-a/*',
  '=cmd()': 'team-b/*',
  'not there': null,
}

const canvas = [
  'Student,ID,SIS User ID,SIS Login ID,Section,"Lab 3 (123)"',
  '    Points Possible,,,,,4',
  '"Müller, ""Jo""",1,s1,müller@example.org,A,',
  '"=1+1, Eve",2,=cmd(),eve,A,3',
  'Other,3,s3,other,A,2',
  '',
].join('\r\n')

function classOf(): string {
  const cwd = temporaryFolder({ labs: true })
  for (const [student, resource] of Object.entries(answers)) {
    if (resource === null) continue
    mkdirSync(join(cwd, 'handed-in', student), { recursive: true })
    const Resource = `arn:aws:ecr:us-west-2:111122223333:repository/${resource}`
    const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:ListImages', Resource } }
    writeFileSync(join(cwd, 'handed-in', student, 'identity.json'), JSON.stringify(policy))
  }
  writeFileSync(join(cwd, 'class.csv'), ['student', ...Object.keys(answers)].join('\n'))
  writeFileSync(join(cwd, 'export.csv'), canvas)
  return cwd
}

const graded = ['verify', 'identity-policies', '--answers', 'handed-in', '--roster', 'class.csv']

test('marks go into the one column, whom it does not find is said, and feedback is a file for each', async () => {
  const cwd = classOf()
  const column = ['--gradebook', 'canvas=export.csv', '--assignment', 'Lab 3 (123)', '--feedback', 'feedback']
  const ran = await lab([...graded, ...column], { cwd })
  expect(ran.exitCode, ran.stderr).toBe(3)
  expect(readFileSync(join(cwd, 'export.csv'), 'utf8')).toBe(
    canvas.replace('müller@example.org,A,', 'müller@example.org,A,4').replace('eve,A,3', 'eve,A,0'),
  )
  expect(readFileSync(join(cwd, 'export.csv.before'), 'utf8')).toBe(canvas)
  expect(ran.stdout).toContain('not in export.csv: not there')
  expect(ran.stdout).toContain('no result of, left as it was: other (2)')
  const files = readdirSync(join(cwd, 'feedback'))
  expect(files).toHaveLength(3)
  expect(files.every(name => /^[\p{L}\p{N}@+_. -]+\.md$/u.test(name))).toBe(true)
  expect(readFileSync(join(cwd, 'feedback', 'müller@example.org.md'), 'utf8')).toContain('4 of 4 points.')
}, 60_000)

test('whoever has no mark of this grading is named, with what stands in his cell; the first export stays beside it', async () => {
  const cwd = classOf()
  const rows = [
    ...['student,account', 'müller@example.org,111122223333', 'eve,1234', 'ada,444455556666', 'ada,123123123123'],
    ...['s9,123456789012', '"cy,111122223333'],
  ]
  writeFileSync(join(cwd, 'class.csv'), rows.join('\n'))
  const more = [
    'Ada,4,s4,ada,A,1',
    'Cy,5,s5,cy,A,2',
    'Nine,9,s9,nine,A,2',
    `"Test\n  ✔ ada  4/4 points ${'x'.repeat(200)}",,,,A,`,
    '',
  ]
  const before =
    canvas.replace('müller@example.org,A,', 'müller@example.org,A,2.5').replace('A,,,,4', 'A,,,,8') + more.join('\r\n')
  writeFileSync(join(cwd, 'export.csv'), before)
  const column = ['--gradebook', 'canvas=export.csv', '--assignment', 'Lab 3 (123)']
  const byAccount = ['verify', 'identity-policies', '--roster', 'class.csv', ...column]
  const ran = await lab(byAccount, { cwd })
  expect(ran.exitCode, ran.stderr).toBe(3)
  const told = ran.stdout.slice(ran.stdout.indexOf('export.csv:')).split('\n').slice(0, 9)
  expect(told).toEqual([
    'export.csv: 1 mark in `Lab 3 (123)`; as it was: export.csv.before',
    '  not graded, left blank: s9 (2 stood there)',
    '  not graded, left blank: eve (3 stood there)',
    '  not graded, left blank: ada (1 stood there)',
    '  no result of, left as it was: other (2)',
    '  no result of, left as it was: cy (2)',
    `  no result of, left as it was: Test ✔ ada 4/4 points ${'x'.repeat(58)} (no mark)`,
    expect.stringContaining('1 of 6 students graded'),
    expect.stringContaining('Next: '),
  ])
  const after = before
    .replace('müller@example.org,A,2.5', 'müller@example.org,A,0')
    .replace('eve,A,3', 'eve,A,')
    .replace('ada,A,1', 'ada,A,')
    .replace('nine,A,2', 'nine,A,')
  expect(readFileSync(join(cwd, 'export.csv'), 'utf8')).toBe(after)
  expect((await lab(byAccount, { cwd })).stdout).toContain('nothing in it changes')
  writeFileSync(join(cwd, 'export.csv'), after.replace('eve,A,', 'eve,A,1'))
  expect((await lab(byAccount, { cwd })).stdout).toContain('as it was: export.csv.before-2')
  expect(readFileSync(join(cwd, 'export.csv.before'), 'utf8')).toBe(before)
}, 60_000)

test.each([
  [['--gradebook', 'canvas=export.csv', '--assignment', 'Lab 4'], 'has no column `Lab 4`'],
  [['--gradebook', 'blackboard=export.csv', '--assignment', 'Lab 3 (123)'], 'there is no gradebook kind `blackboard`'],
  ...['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'student'].map((column): [string[], string] => [
    ['--gradebook', 'canvas=export.csv', '--assignment', column],
    `\`${column}\` of a canvas gradebook says who somebody is`,
  ]),
  ...['Email address', 'Username', 'ID number', 'First name', 'Last name', 'Surname'].map(
    (column): [string[], string] => [
      ['--gradebook', 'moodle=export.csv', '--assignment', column],
      `\`${column}\` of a moodle gradebook says who somebody is`,
    ],
  ),
  [['--gradebook', 'canvas=none.csv', '--assignment', 'x'], 'the gradebook `none.csv` cannot be read: ENOENT'],
  [['--assignment', 'x'], '`--assignment` without `--gradebook`'],
  [['--report', 'sarif=x'], 'report kind `sarif`'],
])('is refused before anybody is graded: %s', async (flags, message) => {
  const cwd = classOf()
  const ran = await lab([...graded, ...flags], { cwd })
  expect(ran.exitCode).toBe(2)
  expect(ran.stderr).toContain(message)
  expect(readdirSync(cwd)).not.toContain('.lab')
})

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
  const files = readdirSync(join(cwd, 'feedback'))
  expect(files).toHaveLength(3)
  expect(files.every(name => /^[\p{L}\p{N}@+_. -]+\.md$/u.test(name))).toBe(true)
  expect(readFileSync(join(cwd, 'feedback', 'müller@example.org.md'), 'utf8')).toContain('4 of 4 points.')
}, 60_000)

test.each([
  [['--gradebook', 'canvas=export.csv', '--assignment', 'Lab 4'], 'has no column `Lab 4`'],
  [['--gradebook', 'blackboard=export.csv', '--assignment', 'Lab 3 (123)'], 'there is no gradebook kind `blackboard`'],
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

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from './world-for-tests.ts'

const run = ['run', 'authorization-token', '--teardown']

/** A copy of the catalogue with a file, a folder, and a link into a folder that is not there. */
function folderWithTraps({ broken = false } = {}): string {
  const cwd = temporaryFolder({ labs: true })
  writeFileSync(join(cwd, 'file'), '')
  mkdirSync(join(cwd, 'folder'))
  // What only writing finds out.
  symlinkSync(join(cwd, 'nowhere', 'x'), join(cwd, 'link'))
  const yaml = join(cwd, 'labs/authorization-token/lab.yaml')
  if (broken) writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^ +deny: because .*\n/m, ''))
  return cwd
}

const historyOf = (cwd: string) => (existsSync(join(cwd, '.lab/history')) ? readdirSync(join(cwd, '.lab/history')) : [])

test.for([
  ['below a file', 'junit=file/x.xml'],
  ['that is a folder', 'html=folder'],
  ['where the file system makes no folder', 'junit=/proc/nope/deep/x.xml'],
])('a report %s is found before anything runs, together with every other', async ([, report = ''], { skip }) => {
  skip(report.includes('/proc') && !existsSync('/proc/self'), 'this machine has no /proc')
  const cwd = folderWithTraps()
  const ran = await lab([...run, '--report', report, '--report', 'json=file/y.json'], { cwd })
  expect(ran).toMatchObject({ exitCode: 3, stdout: '' })
  for (const path of [report.replace(/^\w+=/, ''), 'file/y.json'])
    expect(ran.stderr).toContain(`the report \`${path}\` cannot be written: `)
  expect(ran.stderr.match(/nothing was begun/g)).toHaveLength(1)
  expect(historyOf(cwd)).toEqual([])
})

test('a dry run, which writes no report, makes no folder for one', async () => {
  const cwd = folderWithTraps()
  expect((await lab([...run, '--dry-run', '--report', 'junit=new/x.xml'], { cwd })).exitCode).toBe(0)
  expect(existsSync(join(cwd, 'new'))).toBe(false)
})

test.each([
  { broken: true, exitCode: 1 },
  { broken: false, exitCode: 3 },
])('a report that cannot be written after the run loses nothing else: $exitCode', async ({ broken, exitCode }) => {
  const cwd = folderWithTraps({ broken })
  const summary = join(cwd, 'summary.md')
  // Nor does a summary that cannot be read.
  mkdirSync(join(cwd, '.lab/history/x.json'), { recursive: true })
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd, GITHUB_STEP_SUMMARY: summary }
  const reports = ['html=link', 'junit=out/a.xml', 'ctrf=link', 'json=out/b.json']
  const ran = await lab([...run, '--json', ...reports.flatMap(report => ['--report', report])], { cwd, env })
  expect(ran.exitCode).toBe(exitCode)
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode, command: 'run' })
  expect(ran.stderr.match(/^lab: the report `link` cannot be written: ENOENT/gm)).toHaveLength(2)
  expect(ran.stderr.match(/^::error title=lab%3A environment::the report `link` cannot be written/gm)).toHaveLength(2)
  expect(/^::error file=labs\/authorization-token/m.test(ran.stderr)).toBe(broken)
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['a.xml', 'b.json'])
  expect(historyOf(cwd)).toHaveLength(2)
  const text = readFileSync(summary, 'utf8')
  expect(text).toContain('## AccessLab run: ')
  expect(text).toContain('the report `link` cannot be written')
})

test('a report written afterwards says where, and what could not be', async () => {
  const cwd = folderWithTraps()
  const { runId } = JSON.parse((await lab([...run, '--json'], { cwd })).stdout)
  const again = await lab(['report', runId, '--report', 'html=out/x.html', '--report', 'junit=file/x.xml'], { cwd })
  expect(again).toMatchObject({ exitCode: 3, stdout: 'html → out/x.html\n' })
  expect(again.stderr).toContain('lab: the report `file/x.xml` cannot be written: ')
  const json = await lab(['report', runId, '--json', '--report', 'html=out/x.html'], { cwd })
  expect(JSON.parse(json.stdout)).toMatchObject({ runId })
  expect(json.stderr).toBe('html → out/x.html\n')
})

test('what findings are written to, too', async () => {
  const cwd = folderWithTraps()
  const ran = await lab(['check', '--report', 'json=file/x.json', '--report', 'sarif=found.sarif'], { cwd })
  expect(ran.exitCode).toBe(3)
  expect(ran.stderr).toContain('the report `file/x.json` cannot be written: ')
  expect(existsSync(join(cwd, 'found.sarif'))).toBe(true)
})

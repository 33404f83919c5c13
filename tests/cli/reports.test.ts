import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportFormats } from '../../reports/index.ts'
import { lab, temporaryFolder } from './world-for-tests.ts'

const run = ['run', 'authorization-token', '--teardown']

/** A copy of the catalogue whose last expectation of the lab is turned round. */
function folderWithBrokenLab(): string {
  const cwd = temporaryFolder({ labs: true })
  const file = join(cwd, 'labs/authorization-token/lab.yaml')
  const text = readFileSync(file, 'utf8')
  const broken = text.replace(/^ +deny: because .*\n/m, '')
  expect(broken).not.toBe(text)
  writeFileSync(file, broken)
  return cwd
}

test('several files at once, the run again from what it kept, and the history', async () => {
  const cwd = temporaryFolder({ labs: true })
  const kinds = Object.keys(reportFormats)
  const first = await lab([...run, '--json', ...kinds.flatMap(kind => ['--report', `${kind}=out/${kind}`])], { cwd })
  expect(first.exitCode).toBe(0)
  const { runId } = JSON.parse(first.stdout)
  for (const kind of kinds) expect(readFileSync(join(cwd, 'out', kind), 'utf8').length, kind).toBeGreaterThan(50)

  const again = await lab(['report', runId, '--report', 'junit=again.xml'], { cwd })
  expect(again).toMatchObject({ exitCode: 0, stdout: 'junit → again.xml\n' })
  expect(readFileSync(join(cwd, 'again.xml'), 'utf8')).toBe(readFileSync(join(cwd, 'out/junit'), 'utf8'))
  expect((await lab(['report', runId], { cwd })).stdout).toContain(`run \`${runId}\``)
  expect(JSON.parse((await lab(['report', runId, '--json'], { cwd })).stdout)).toEqual(JSON.parse(first.stdout))

  const second = JSON.parse((await lab([...run, '--json'], { cwd })).stdout)
  const history = await lab(['history', '--json'], { cwd })
  expect(JSON.parse(history.stdout)).toMatchObject({ trend: { runs: 2, passRate: 1, flaky: [] } })
  expect((await lab(['history'], { cwd })).stdout).toContain('2 runs, 100 % as expected')
  const diff = await lab(['diff', runId, second.runId], { cwd })
  expect(diff.exitCode).toBe(0)
  // How long a machine takes is its own affair.
  expect(diff.stdout).toMatch(/^nothing changed from |\d timing$/m)
  expect(diff.stdout).not.toMatch(/^(decision|wording|added|removed) /m)
})

test.each([
  ['a run that is not there', ['report', 'nobody'], 'there is no report of a run `nobody` here'],
  ['a path', ['report', '../x'], '`../x` is no run'],
  ['a diff of runs that are not there', ['diff', 'a', 'b'], 'the history has no run `a`'],
])('%s', async (_, line, message) => {
  const { exitCode, stderr } = await lab(line)
  expect(exitCode).toBe(2)
  expect(stderr).toContain(message)
})

test('on GitHub Actions a broken lab is red at its line, and in the summary', async () => {
  const cwd = folderWithBrokenLab()
  const summary = join(cwd, 'summary.md')
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd, GITHUB_STEP_SUMMARY: summary }
  const { exitCode, stdout } = await lab(run, { cwd, env })
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/^::error file=labs\/authorization-token\/lab\.yaml,line=\d+,title=authorization-token\//m)
  expect(readFileSync(summary, 'utf8')).toMatch(/^### `authorization-token\/[\w-]+` failed$/m)
  const json = await lab([...run, '--json'], { cwd, env: { ...env, LAB_NO_GITHUB: '1' } })
  expect(json.stdout + json.stderr).not.toContain('::error')
})

test('with --json the annotations leave the document alone', async () => {
  const cwd = folderWithBrokenLab()
  const { stdout, stderr } = await lab([...run, '--json'], { cwd, env: { GITHUB_ACTIONS: 'true' } })
  expect(JSON.parse(stdout).exitCode).toBe(1)
  expect(stderr).toContain('::error file=labs/authorization-token/lab.yaml,')
})

test('another sentence for the same decision is a notice, and the run is as expected', async () => {
  const cwd = temporaryFolder({ labs: true })
  const { runId } = JSON.parse((await lab([...run, '--json'], { cwd })).stdout)
  const kept = join(cwd, '.lab/history', `${runId}.json`)
  writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('is not authorized', 'may not be authorised'))
  const { exitCode, stdout } = await lab(run, { cwd, env: { GITHUB_ACTIONS: 'true' } })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('wording changed: authorization-token/')
  expect(stdout).toMatch(/^::notice file=labs\/authorization-token\/lab\.yaml,/m)
})

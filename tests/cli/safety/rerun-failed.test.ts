import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { killAt } from '../../soak/lab-process.ts'
import { startLab } from '../process.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const policy = 'labs/identity-policies/policies/identity.json'

test('the labs of the last run that did not pass are run again, and no others', async () => {
  const cwd = temporaryFolder({ labs: true })
  writeFileSync(join(cwd, policy), '{ "Version": "2012-10-17", "Statement": [] }')
  const first = await lab(['run', 'identity-policies', 'describe-repository', '--json'], { cwd })
  const report = JSON.parse(first.stdout)
  const failed = report.labs.filter(
    (each: { setUp: boolean; status: string }) => !each.setUp && each.status !== 'passed',
  )
  expect(failed.map(({ id }: { id: string }) => id)).toEqual(['identity-policies'])
  const again = await lab(['run', '--rerun-failed', '--json'], { cwd })
  expect(again.stderr).toContain(`again, of run ${report.runId}: identity-policies`)
  expect(JSON.parse(again.stdout).labs.filter((each: { setUp: boolean }) => !each.setUp)).toMatchObject([
    { id: 'identity-policies' },
  ])
})

test('nothing failed, nothing run, labs named as well: nothing is selected', async () => {
  const cwd = temporaryFolder({ labs: true })
  expect(await lab(['run', '--rerun-failed'], { cwd })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('this folder has no run yet'),
  })
  await lab(['run', 'ecr-repositories'], { cwd })
  expect((await lab(['run', '--rerun-failed'], { cwd })).stderr).toContain('nothing is selected')
  expect((await lab(['run', '--rerun-failed', '--all'], { cwd })).stderr).toContain('labs named as well')
})

const asked = ['repository-policies', 'identity-policies']
const askedIn = (stdout: string): string[] =>
  JSON.parse(stdout).labs.flatMap(({ setUp, id }: { setUp: boolean; id: string }) => (setUp ? [] : [id]))

test.each([4, 12])(
  'a run killed after line %d of its journal: every lab it was asked for, also those not reached',
  async line => {
    const cwd = temporaryFolder({ labs: true })
    const killed = startLab(['run', ...asked, '--parallel', '1'], { cwd, env: killAt('after', line) })
    expect((await killed.ended).exitCode).toBeNull()
    expect(killed.child.signalCode).toBe('SIGKILL')
    const again = await lab(['run', '--rerun-failed', '--json'], { cwd })
    expect(again.stderr).toContain(asked.join(', '))
    expect(again.exitCode, again.stderr).toBe(0)
    expect(askedIn(again.stdout).sort()).toEqual([...asked].sort())
  },
  60_000,
)

test('a lab that failed in a run that never came to its report is run again; so are all in a journal of an older version', async () => {
  const cwd = temporaryFolder({ labs: true })
  writeFileSync(join(cwd, policy), '{ "Version": "2012-10-17", "Statement": [] }')
  const first = await lab(['run', 'identity-policies', '--json'], { cwd })
  expect(first.exitCode).toBe(1)
  const folder = join(cwd, '.lab', 'runs', JSON.parse(first.stdout).runId)
  rmSync(join(folder, 'report.json'))
  const again = await lab(['run', '--rerun-failed', '--dry-run'], { cwd })
  expect(again.stderr + again.stdout).toMatch(/again, of run \w+: identity-policies\n/)
  const journal = join(folder, 'journal.jsonl')
  const older = readFileSync(journal, 'utf8').replace(/,"asked":\[[^\]]*\]/, '')
  writeFileSync(journal, older)
  const all = await lab(['run', '--rerun-failed', '--dry-run'], { cwd })
  expect(all.stderr + all.stdout).toMatch(/again, of run \w+: ecr-repositories, identity-policies\n/)
})

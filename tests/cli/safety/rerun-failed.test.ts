import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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

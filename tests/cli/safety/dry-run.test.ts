import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from '../world-for-tests.ts'

test('run --dry-run tells each call as an aws command, and leaves no run', async () => {
  const cwd = temporaryFolder({ labs: true })
  const { exitCode, stdout } = await lab(['run', 'identity-policies', '--dry-run'], { cwd })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('aws ecr create-repository --repository-name team-a/alpine --tags ')
  expect(stdout).toContain("--policy-arn '<after policy>'")
  expect(stdout).toMatch(/# team-b-denied: as ecrTester\n {2}aws ecr list-images --repository-name team-b\/alpine\n/)
  expect(stdout).toMatch(/\d+ calls would be sent, none was/)
  expect(readdirSync(join(cwd, '.lab'))).not.toContain('runs')
  const log = await lab(['sandbox', 'log', '--json'], { cwd })
  expect(log.stdout).not.toMatch(/"operation":"(Create|Attach|Put|Assume)/)
})

test('the document of --json holds the calls, with lab and step', async () => {
  const { exitCode, stdout } = await lab(['run', 'identity-policies', '--dry-run', '--json'])
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({ schemaVersion: 1, exitCode, dryRun: true })
  expect(document.calls.at(-1)).toMatchObject({
    lab: 'identity-policies',
    step: 'team-b-denied',
    operation: 'ecr:ListImages',
    input: { repositoryName: 'team-b/alpine' },
    command: 'aws ecr list-images --repository-name team-b/alpine',
  })
})

test('teardown --dry-run tells the calls too', async () => {
  const cwd = temporaryFolder({ labs: true })
  await lab(['run', 'ecr-repositories'], { cwd })
  const { stdout } = await lab(['teardown', '--dry-run', '--json'], { cwd })
  const { calls, removed } = JSON.parse(stdout)
  expect(removed).toBe(0)
  expect(calls.map(({ operation }: { operation: string }) => operation)).toContain('ecr:DeleteRepository')
  expect((await lab(['status'], { cwd })).stdout).toContain('team-a/alpine')
})

test('after an earlier run: what would be taken back or taken over is told, as commands and with the run that made it', async () => {
  const cwd = temporaryFolder({ labs: true })
  const ran = await lab(['run', 'identity-policies', '--json'], { cwd })
  const { runId } = JSON.parse(ran.stdout)
  const { stdout, exitCode } = await lab(['run', 'identity-policies', '--dry-run'], { cwd })
  expect(exitCode).toBe(0)
  expect(stdout).toContain(`ecr-repositories: would be taken over from run ${runId}`)
  expect(stdout).toContain('would replace what an earlier run left of identity-policies')
  expect(stdout).toMatch(
    /would remove role ecr_access_teama_role .*\n {2}aws iam delete-role --role-name ecr_access_teama_role/,
  )
  expect(stdout).not.toContain('aws ecr create-repository')
  const document = JSON.parse((await lab(['run', 'identity-policies', '--dry-run', '--json'], { cwd })).stdout)
  const calls: { operation: string; takesBack: string | null; lab: string; step: string }[] = document.calls
  expect(calls.find(({ operation }) => operation === 'iam:DeleteRole')).toMatchObject({
    ...{ lab: 'identity-policies', step: 'role', takesBack: runId },
  })
  expect(calls.find(({ operation }) => operation === 'iam:CreateRole')).toMatchObject({ step: 'role', takesBack: null })
})

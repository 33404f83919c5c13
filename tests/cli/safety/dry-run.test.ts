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

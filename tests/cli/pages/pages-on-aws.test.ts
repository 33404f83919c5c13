import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../../assertions/index.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const missing = ['bash', 'aws', 'jq'].find(program => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
})

/** An account that stands for a real one, and takes its time. */
let sandbox: Sandbox
let cwd: string
const environment = { ...process.env }

beforeEach(async () => {
  cwd = temporaryFolder({ labs: true })
  cpSync(join(import.meta.dirname, 'first.md'), join(cwd, 'first.md'))
  sandbox = await startSandbox({ directory: join(cwd, 'account'), propagation: { delay: 4_000, seed: 3 } })
  const { accessKeyId = '', secretAccessKey = '' } = sandbox.accounts[0]?.admin ?? {}
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey })
})
afterEach(async () => {
  process.env = { ...environment }
  await sandbox.close()
})

const refusal = /would change account 444455556666, which is not allowed/

const onAws = (argv: readonly string[], accounts?: string) => {
  const env = { PATH: process.env.PATH, ...(accounts ? { LAB_AWS_ACCOUNTS: accounts } : {}) }
  return lab([...argv, '--target', 'aws', '--endpoint-url', sandbox.endpoint, '--json'], { cwd, env })
}

describe.skipIf(missing !== undefined)(
  `pages on AWS (needs bash, aws and jq${missing ? `: no ${missing}` : ''})`,
  () => {
    test('nothing is run in an account that no guard names', async () => {
      writeFileSync(join(cwd, 'touch.md'), `\`\`\`bash\ntouch ${join(cwd, 'touched')}\n\`\`\`\n`)
      const { exitCode, stdout } = await onAws(['run', 'touch.md'])
      expect({ exitCode, code: JSON.parse(stdout).error.code }).toEqual({ exitCode: 5, code: 'guard' })
      expect(existsSync(join(cwd, 'touched'))).toBe(false)
    })

    test('a page passes where changes take time to be enforced', { timeout: 240_000 }, async () => {
      const { exitCode, stdout } = await onAws(['run', 'first.md', '--teardown'], '111122223333')
      const { labs, leftovers } = JSON.parse(stdout) as Report
      const steps = labs.find(({ id }) => id === 'first.md')?.steps ?? []
      expect({ exitCode, leftovers, failed: steps.filter(({ status }) => status !== 'passed') }).toEqual({
        ...{ exitCode: 0, leftovers: [], failed: [] },
      })
    })

    test('a change with the credentials of an account that no guard names is refused', {
      timeout: 120_000,
    }, async () => {
      const partner = sandbox.accounts[1]?.admin
      const lines = [
        `aws configure set aws_access_key_id ${partner?.accessKeyId} --profile other`,
        `aws configure set aws_secret_access_key ${partner?.secretAccessKey} --profile other`,
        'aws ecr create-repository --repository-name theirs --profile other',
      ]
      writeFileSync(join(cwd, 'other.md'), `\`\`\`bash\n${lines.join('\n')}\n\`\`\`\n`)
      const { exitCode, stdout } = await onAws(['run', 'other.md'], '111122223333')
      expect(exitCode).toBe(5)
      expect(JSON.parse(stdout).error).toMatchObject({ code: 'guard', message: expect.stringMatching(refusal) })
      expect(stdout).not.toContain(partner?.secretAccessKey)
    })

    test('a change of an own call in the registry of an account that no guard names is refused', {
      timeout: 120_000,
    }, async () => {
      const line = 'aws ecr delete-repository-policy --repository-name theirs --registry-id 444455556666 || true'
      writeFileSync(join(cwd, 'other.md'), `\`\`\`bash\n${line}\n\`\`\`\n`)
      const { exitCode, stdout } = await onAws(['run', 'other.md'], '111122223333')
      expect(exitCode).toBe(5)
      expect(JSON.parse(stdout).error).toMatchObject({ code: 'guard', message: expect.stringMatching(refusal) })
    })
  },
)

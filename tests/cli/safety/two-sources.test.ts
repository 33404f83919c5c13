import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSandbox } from '../../../sandbox/index.ts'
import { labProcess } from '../process.ts'
import { temporaryFolder } from '../world-for-tests.ts'

test('a profile and keys in the environment: one clear line tells which is used, and the SDK is not heard', async () => {
  const cwd = temporaryFolder({ labs: true })
  const sandbox = await startSandbox({ directory: join(cwd, 'account') })
  const { accessKeyId, secretAccessKey } = sandbox.accounts[0]?.admin ?? { accessKeyId: '', secretAccessKey: '' }
  mkdirSync(join(cwd, '.aws'))
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
  writeFileSync(join(cwd, '.aws/credentials'), `[work]\n${keys}`)
  const env = {
    ...{ AWS_PROFILE: 'work', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' },
    LAB_AWS_ACCOUNTS: '111122223333',
  }
  const line = ['doctor', 'ecr-repositories', '--target', 'aws', '--endpoint-url', sandbox.endpoint]
  try {
    const { stdout, stderr } = await labProcess(line, { cwd, env })
    expect(stdout).toContain('arn:aws:iam::111122223333:user/admin')
    expect(stderr).toBe(
      'AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: the profile `work` is used; --profile settles it\n',
    )
    const settled = await labProcess([...line, '--profile', 'work'], { cwd, env })
    expect(settled.stderr).toBe('')
  } finally {
    await sandbox.close()
  }
})

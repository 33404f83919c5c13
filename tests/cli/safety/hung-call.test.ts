import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startSandbox } from '../../../sandbox/index.ts'
import { type Meddling, meddle } from '../../faults/meddler.ts'
import { linesOf, recordsIn } from '../../records-in.ts'
import { startLab } from '../process.ts'
import { temporaryFolder } from '../world-for-tests.ts'

const closes: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})

/** A run on what stands for AWS, by the bundle; the first answer to `name` is never given, and the signal comes while it is waited for. */
test.each([
  ['SIGINT', 'CreatePolicy', 'kept'],
  ['SIGTERM', 'ecr:ListImages', 'nothing'],
  ['SIGINT', 'GetCallerIdentity', 'nothing'],
] as const)(
  '%s while %s hangs (%s): exit 130, nothing left, and nothing of the SDK’s own on stderr',
  async (signal, name, what) => {
    const cwd = temporaryFolder({ labs: true })
    const account = join(cwd, 'account')
    const sandbox = await startSandbox({ directory: account })
    closes.push(() => sandbox.close())
    const atFirst = linesOf(await recordsIn(account))
    let isHanging = false
    const withhold: Meddling = operation => {
      if (isHanging || operation !== name) return null
      isHanging = true
      run.child.kill(signal)
      return what
    }
    const meddler = await meddle(sandbox.endpoint, withhold)
    closes.push(meddler.close)
    const { accessKeyId, secretAccessKey } = sandbox.accounts[0]?.admin ?? expect.fail('a sandbox has an account')
    const run = startLab(
      ['run', 'identity-policies', '--teardown', '--target', 'aws', '--endpoint-url', meddler.endpoint],
      {
        cwd,
        env: {
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          LAB_AWS_ACCOUNTS: sandbox.accounts.map(({ id }) => id).join(','),
        },
      },
    )
    const { exitCode, stderr } = await run.ended
    expect(isHanging).toBe(true)
    expect(exitCode, stderr).toBe(130)
    expect(stderr).toContain('interrupted: ending the call under way and cleaning up')
    expect(stderr).not.toMatch(/WARN|smithy|aws-sdk/)
    expect(linesOf(await recordsIn(account))).toEqual(atFirst)
  },
  60_000,
)

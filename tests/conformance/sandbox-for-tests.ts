import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '../../sandbox/index.ts'

export interface TestSandbox extends Sandbox {
  directory: string
  /** What an SDK client needs to talk to it as the first account's admin. */
  config: {
    endpoint: string
    region: string
    credentials: { accessKeyId: string; secretAccessKey: string }
    maxAttempts: number
  }
  remove(): Promise<void>
}

/** A sandbox of its own in a new folder. */
export const newSandbox = async (): Promise<TestSandbox> => {
  const directory = mkdtempSync(join(tmpdir(), 'accesslab-sandbox-'))
  const sandbox = await startSandbox({ directory })
  const [account] = sandbox.accounts
  if (account === undefined) throw new Error('a sandbox has an account')
  return {
    ...sandbox,
    directory,
    config: { endpoint: sandbox.endpoint, region: sandbox.region, credentials: account.admin, maxAttempts: 1 },
    async remove() {
      await sandbox.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

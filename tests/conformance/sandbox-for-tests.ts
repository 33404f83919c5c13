import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts'

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
export const newSandbox = async (options: Partial<SandboxOptions> = {}): Promise<TestSandbox> => {
  const directory = mkdtempSync(join(tmpdir(), 'accesslab-sandbox-'))
  const sandbox = await startSandbox({ directory, ...options })
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

/** Code as on the wire, HTTP status and message of the refusal that is expected of `call`. */
export const refusalOf = (call: Promise<unknown>): Promise<[code: string, status: number, message: string]> =>
  call.then(
    () => Promise.reject(new Error('expected a refusal')),
    (error: Error & { Code?: string; $metadata?: { httpStatusCode?: number } }) => [
      error.Code ?? error.name,
      error.$metadata?.httpStatusCode ?? 0,
      error.message,
    ],
  )

interface Issued {
  Credentials?:
    | { AccessKeyId: string | undefined; SecretAccessKey: string | undefined; SessionToken: string | undefined }
    | undefined
}

/** The credentials of an STS answer as a client takes them. */
export const credentialsOf = ({ Credentials }: Issued) => ({
  accessKeyId: Credentials?.AccessKeyId ?? '',
  secretAccessKey: Credentials?.SecretAccessKey ?? '',
  sessionToken: Credentials?.SessionToken ?? '',
})

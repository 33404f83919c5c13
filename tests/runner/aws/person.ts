import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTarget, type Target, type TargetOptions } from '../../../runner/aws/target.ts'
import type { Credentials } from '../../../runner/steps/step-kind.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts'

/** A person's machine: a home with AWS files of its own, an environment, and an account to talk to. */
export interface Person {
  home: string
  sandbox: Sandbox
  admin: Credentials
  /** As the account's admin. */
  owner: Target
  /** Files below `.aws`. */
  write(files: Readonly<Record<string, string>>): Promise<void>
  /** A program that anybody may run; gives its path. */
  program(name: string, text: string): Promise<string>
  open(profile: string | null, options?: Partial<TargetOptions>): Promise<Target>
  close(): Promise<void>
}

export const keysOf = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials): string =>
  [
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    ...(sessionToken ? [`aws_session_token = ${sessionToken}`] : []),
  ].join('\n')

/** Where the SDK keeps the login of an sso-session: named by the SHA-1 of its name. */
export const ssoCacheOf = (session: string): string =>
  `sso/cache/${createHash('sha1').update(session).digest('hex')}.json`

/** Takes every AWS variable out of this process; `close` puts nothing back: a test file has a process of its own. */
export async function newPerson(): Promise<Person> {
  const home = await mkdtemp(join(tmpdir(), 'accesslab-person-'))
  const sandbox = await startSandbox({ directory: join(home, 'account') })
  const admin = sandbox.accounts[0]?.admin
  if (!admin) throw new Error('the sandbox has an account')
  const base = { name: 'aws', region: 'us-west-2', identities: {}, environment: {}, eventual: false } as const
  const owner = await openTarget({ ...base, endpoint: sandbox.endpoint, caller: admin })
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    HOME: home,
    AWS_CONFIG_FILE: join(home, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: sandbox.endpoint,
  })
  const write: Person['write'] = async files => {
    await mkdir(join(home, '.aws', 'sso', 'cache'), { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(join(home, '.aws', name), text)
  }
  await write({ config: '', credentials: '' })
  return {
    home,
    sandbox,
    admin,
    owner,
    write,
    program: async (name, text) => {
      const path = join(home, name)
      await writeFile(path, text)
      await chmod(path, 0o755)
      return path
    },
    open: (profile, options = {}) =>
      openTarget({ ...base, endpoint: sandbox.endpoint, caller: { profile }, ...options }),
    close: async () => {
      owner.close()
      await sandbox.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** A call that must be answered. */
export async function must(target: Target, operation: string, input: Record<string, unknown>): Promise<unknown> {
  const outcome = await target.caller.call(operation, input)
  if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.code}: ${outcome.message}`)
  return outcome.output
}

import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

/** What an SDK client needs to talk to the target; on AWS the SDK finds credentials by itself. */
export interface ClientConfig {
  region: string
  maxAttempts: number
  endpoint?: string
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
}

/** Where the conformance suite runs: a sandbox of its own, or the real AWS with CONFORMANCE_TARGET=aws. */
export interface Target {
  accountId: string
  region: string
  config: ClientConfig
  /** Null on AWS. */
  sandbox: TestSandbox | null
  /** Administrator of a second account, where there is one. */
  partner: ClientConfig | null
  close(): Promise<void>
}

const sandboxTarget = async (): Promise<Target> => {
  const sandbox = await newSandbox()
  const [own, partner] = sandbox.accounts
  if (own === undefined || partner === undefined) throw new Error('a sandbox has two accounts')
  return {
    accountId: own.id,
    region: sandbox.region,
    config: sandbox.config,
    sandbox,
    partner: { ...sandbox.config, credentials: partner.admin },
    close: () => sandbox.remove(),
  }
}

/** One of these says which credentials are meant: the SDK alone would take the person's default profile without a word. */
const credentialVariables = [
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
]

/** @throws Error unless the environment names credentials and a region, and LAB_AWS_ACCOUNTS the credentials' account */
export const awsTarget = async (env: NodeJS.ProcessEnv): Promise<Target> => {
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION
  if (region === undefined) throw new Error('set AWS_REGION for CONFORMANCE_TARGET=aws')
  if (!credentialVariables.some(name => env[name]))
    throw new Error(`set AWS_PROFILE, or keys, for CONFORMANCE_TARGET=aws: the default profile is not taken unasked`)
  const allowed = (env.LAB_AWS_ACCOUNTS ?? '').split(/[,\s]+/).filter(account => account !== '')
  if (allowed.length === 0) throw new Error('LAB_AWS_ACCOUNTS names no account: nothing is sent')
  const config = { region, maxAttempts: 3 }
  const { Account: accountId = '' } = await new STSClient(config).send(new GetCallerIdentityCommand({}))
  if (!allowed.includes(accountId)) {
    throw new Error(`the account \`${accountId}\` is not in LAB_AWS_ACCOUNTS: nothing is sent to it`)
  }
  return { accountId, region, config, sandbox: null, partner: null, close: async () => {} }
}

/** @throws Error when the name is unknown or the guard refuses */
export const conformanceTarget = (env: NodeJS.ProcessEnv = process.env): Promise<Target> => {
  const wanted = env.CONFORMANCE_TARGET ?? 'sandbox'
  if (wanted === 'sandbox') return sandboxTarget()
  if (wanted === 'aws') return awsTarget(env)
  throw new Error(`CONFORMANCE_TARGET is \`${wanted}\`, not sandbox or aws`)
}

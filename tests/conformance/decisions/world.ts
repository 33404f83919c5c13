import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { allAccounts, createFirstAccounts } from '../../../sandbox/accounts.ts'
import { startSandbox } from '../../../sandbox/index.ts'
import { type Opened, openSandbox } from '../../../sandbox/open.ts'
import { type Answer, send } from './questions.ts'
import { NotBuilt } from './row.ts'

export interface Keys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** A sandbox that is emptied before each row, with a second door to its state for what no API makes. */
export interface World extends Opened {
  reset(): void
  /** One call with these keys. `region`: of the signature. */
  call(keys: Keys, operation: string, input: Record<string, unknown>, region?: string, from?: string): Promise<Answer>
  /** The same by the administrator of an account; a refusal means that the row cannot be. */
  make(account: string, operation: string, input: Record<string, unknown>, region?: string): Promise<Answer>
  close(): Promise<void>
}

export const openWorld = async (): Promise<World> => {
  const directory = mkdtempSync(join(tmpdir(), 'accesslab-decisions-'))
  const sandbox = await startSandbox({ directory, region: 'us-east-1' })
  const opened = openSandbox(directory)
  const { state, secrets } = opened
  const admins = new Map(sandbox.accounts.map(({ id, admin }) => [id, admin]))
  const handlers = new Map<string, NodeHttpHandler>()
  const handlerFrom = (address: string): NodeHttpHandler => {
    const known = handlers.get(address)
    if (known) return known
    const made = new NodeHttpHandler({ httpAgent: new Agent({ localAddress: address, keepAlive: true }) })
    handlers.set(address, made)
    // A client that is done with must not close what the others use.
    made.destroy = () => {}
    return made
  }
  const call: World['call'] = (credentials, named, input, region = 'us-east-1', from = '127.0.0.1') => {
    const [service, operation = ''] = named.split(':') as ['ecr', string]
    const requestHandler = handlerFrom(from)
    return send({ service, operation }, input, {
      endpoint: sandbox.endpoint,
      region,
      credentials,
      maxAttempts: 1,
      requestHandler,
    })
  }
  return {
    ...opened,
    reset() {
      const previous = state.read(allAccounts)
      state.replace(store => createFirstAccounts(store, secrets, Date.now(), previous))
    },
    call,
    async make(account, named, input, region) {
      const admin = admins.get(account)
      if (admin === undefined) throw new NotBuilt(`the sandbox has no account ${account}`)
      try {
        return await call(admin, named, input, region)
      } catch (error) {
        throw new NotBuilt(`${named} refuses it: ${(error as Error).message}`, { cause: error })
      }
    },
    async close() {
      await state.close()
      await sandbox.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

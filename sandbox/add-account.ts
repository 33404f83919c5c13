import { randomInt } from 'node:crypto'
import { type Account, accounts, createAccount } from './accounts.ts'
import { accountsOf, type SandboxAccount, withSandbox } from './open.ts'
import { controlPolicy, fullAccess } from './organization.ts'
import { SandboxError } from './sandbox-error.ts'

export interface ControlDocument {
  /** What a denial's log line calls it: the file's name. */
  name: string
  /** JSON. */
  text: string
}

export interface NewAccount {
  /** 12 digits; default: a random one. One that is there gets the given control policies in place of its own. */
  id?: string | undefined
  scps?: readonly ControlDocument[] | undefined
  rcps?: readonly ControlDocument[] | undefined
  /** Default true: FullAWSAccess stays attached beside the SCPs, as AWS leaves it. false: only what they allow is allowed. */
  fullAccess?: boolean | undefined
}

/**
 * Adds an account with its root and its user `admin`. With control policies it is in the sandbox's organization, which binds it.
 * @throws SandboxError for an id or a policy that is none
 */
export const addAccount = async (directory: string, wanted: NewAccount = {}): Promise<SandboxAccount> => {
  const id = wanted.id ?? String(randomInt(100_000_000_000, 999_999_999_999))
  if (!/^\d{12}$/.test(id))
    throw new SandboxError(`\`${id}\` is no account id`, 'an account id has 12 digits', { isUsage: true })
  return withSandbox(directory, opened => {
    const { state, secrets } = opened
    const scps = (wanted.scps ?? []).map(({ name, text }) =>
      controlPolicy('service_control_policy', name, text, secrets),
    )
    const rcps = (wanted.rcps ?? []).map(({ name, text }) =>
      controlPolicy('resource_control_policy', name, text, secrets),
    )
    state.write(store => {
      const account: Account = createAccount(store, secrets, id, Date.now())
      if (scps.length + rcps.length === 0) return
      const own = wanted.fullAccess === false ? scps : [fullAccess, ...scps]
      store.put(
        accounts,
        { ...account, organization: { scps: own, rcps: [{ ...fullAccess, name: 'RCPFullAWSAccess' }, ...rcps] } },
        id,
      )
    })
    const added = accountsOf(opened).find(account => account.id === id)
    if (added === undefined) throw new Error(`account ${id} was added and is not there`)
    return added
  })
}

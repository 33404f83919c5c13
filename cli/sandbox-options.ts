import { usageError } from '../runner/lab-error.ts'

/** What only the commands about the sandbox take. */
export interface SandboxOptions {
  /** Milliseconds until a change counts. */
  propagation?: number
  flap?: boolean
  faults?: string
  id?: string
  scp?: string[]
  rcp?: string[]
}

const unit: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

const list = (text: string, before: unknown) => [...((before as string[] | undefined) ?? []), text]

export const sandboxOptionTable = {
  propagation: {
    flags: '--propagation <time>',
    summary: 'a change counts only after this time, as on AWS: 500ms, 5s, 1m',
    read(text: string) {
      const [, number, of = ''] = /^(\d{1,7})(ms|s|m)$/.exec(text) ?? []
      if (number === undefined) throw usageError(`\`--propagation ${text}\` is not a time`, 'such as --propagation 5s')
      return Number(number) * (unit[of] ?? 0)
    },
  },
  flap: { flags: '--flap', summary: 'until then answers waver between the old state and the new' },
  faults: { flags: '--faults <file>', summary: 'throttle, fail, reset, delay calls as this file says' },
  id: { flags: '--id <account>', summary: 'the account id, 12 digits; default: a random one' },
  scp: { flags: '--scp <file>', summary: 'a service control policy that binds the account; repeatable', read: list },
  rcp: { flags: '--rcp <file>', summary: 'a resource control policy on what it holds; repeatable', read: list },
} as const

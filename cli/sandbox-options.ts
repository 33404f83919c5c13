import { usageError } from '../runner/lab-error.ts'

/** What only the commands about the sandbox take. */
export interface SandboxOptions {
  /** Milliseconds until a change counts. */
  propagation?: number
  flap?: boolean
  /** Milliseconds in which IAM's reads do not find what was made. */
  lateReads?: number
  faults?: string
  id?: string
  scp?: string[]
  rcp?: string[]
}

const unit: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

const timeOf = (flag: string) => (text: string) => {
  const [, number, of = ''] = /^(\d{1,7})(ms|s|m)$/.exec(text) ?? []
  if (number === undefined) throw usageError(`\`--${flag} ${text}\` is not a time`, `such as --${flag} 5s`)
  return Number(number) * (unit[of] ?? 0)
}

const list = (text: string, before: unknown) => [...((before as string[] | undefined) ?? []), text]

export const sandboxOptionTable = {
  propagation: {
    flags: '--propagation <time>',
    summary: 'a change counts only after this time, as on AWS: 500ms, 5s, 1m',
    read: timeOf('propagation'),
  },
  flap: { flags: '--flap', summary: 'until then answers waver between the old state and the new' },
  lateReads: {
    flags: '--late-reads <time>',
    summary: 'for so long IAM does not find what was made, as now and then on AWS: 500ms, 5s, 1m',
    read: timeOf('late-reads'),
  },
  faults: { flags: '--faults <file>', summary: 'throttle, fail, reset, delay calls as this file says' },
  id: { flags: '--id <account>', summary: 'the account id, 12 digits; default: a random one' },
  scp: { flags: '--scp <file>', summary: 'a service control policy that binds the account; repeatable', read: list },
  rcp: { flags: '--rcp <file>', summary: 'a resource control policy on what it holds; repeatable', read: list },
} as const

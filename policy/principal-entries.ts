import type { Caller } from './caller.ts'
import { asList, isObject } from './json.ts'
import { PolicyError, shown } from './policy-error.ts'

/**
 * How a Principal element names a caller, by what the naming is worth (evaluation-logic page): the account only delegates; the role or
 * user behind a session leaves boundary and session policy in force; the caller itself, `*` or a service is a whole grant.
 */
export const coverage = { none: 0, account: 1, entity: 2, direct: 3 } as const
export type Coverage = (typeof coverage)[keyof typeof coverage]

/** The entries of one Principal or NotPrincipal element. */
export interface PrincipalEntries {
  readonly texts: readonly string[]
  covers(caller: Caller): Coverage
}

const accountForm = /^(?:arn:aws(?:-[a-z]+)*:iam::)?(\d{12})(?::root)?$/
const userForm = /^arn:aws(?:-[a-z]+)*:iam::\d{12}:user\/[^*?]+$/
const roleForm = /^arn:aws(?:-[a-z]+)*:iam::(\d{12}):role\/(?:[^*?]*\/)?([^*?/]+)$/
const sessionForm = /^arn:aws(?:-[a-z]+)*:sts::\d{12}:(?:assumed-role\/[^*?/]+|federated-user)\/[^*?/]+$/
const uniqueIdForm = /^A(?:IDA|ROA)[A-Z0-9]{8,}$/
const serviceForm = /^[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z0-9.-]+$/

class Entries implements PrincipalEntries {
  readonly texts: string[] = []
  everyone = false
  readonly accounts = new Set<string>()
  readonly roles = new Set<string>()
  readonly arns = new Set<string>()
  readonly ids = new Set<string>()
  readonly services = new Set<string>()
  readonly providers = new Set<string>()

  addAws(entry: string, path: string): void {
    const account = accountForm.exec(entry)?.[1]
    const role = roleForm.exec(entry)
    if (entry === '*') this.everyone = true
    else if (account !== undefined && (entry.length === 12 || entry.endsWith(':root'))) this.accounts.add(account)
    else if (role !== null) this.roles.add(`${role[1]}/${role[2]}`)
    else if (userForm.test(entry) || sessionForm.test(entry)) this.arns.add(entry)
    else if (uniqueIdForm.test(entry)) this.ids.add(entry)
    else {
      throw new PolicyError(
        'InvalidPrincipal',
        `expected \`*\`, an account, or the whole ARN of a user, role or session as AWS principal, found ${shown(entry)}; wildcards and groups are not allowed in it`,
        path,
      )
    }
  }

  covers(caller: Caller): Coverage {
    if (this.everyone) return coverage.direct
    const { kind, arn, account, name, issuerArn, principalId } = caller
    if (kind === 'service') return this.services.has(arn) ? coverage.direct : coverage.none
    if (kind === 'provider') return this.providers.has(arn) ? coverage.direct : coverage.none
    if (account === null) return coverage.none
    if (this.arns.has(arn)) return coverage.direct
    const byId = principalId !== null && this.ids.has(principalId)
    if (kind === 'user' && byId) return coverage.direct
    if (byId && kind !== 'root') return coverage.entity
    if (kind === 'role-session' && this.roles.has(`${account}/${name}`)) return coverage.entity
    if (kind === 'federated-user' && issuerArn !== null && this.arns.has(issuerArn)) return coverage.entity
    return this.accounts.has(account) ? coverage.account : coverage.none
  }
}

function addAll(entries: Entries, kind: string, values: readonly unknown[], path: string): void {
  for (const value of values) {
    if (typeof value !== 'string' || value === '') {
      throw new PolicyError('InvalidPrincipal', `expected text as principal, found ${shown(value)}`, path)
    }
    entries.texts.push(value)
    if (kind === 'AWS') entries.addAws(value, path)
    else if (kind === 'Federated') entries.providers.add(value)
    else if (kind === 'Service' && serviceForm.test(value)) entries.services.add(value)
    else {
      throw new PolicyError(
        'InvalidPrincipal',
        `expected AWS, Service or Federated principals, found ${kind} ${shown(value)}`,
        path,
      )
    }
  }
}

/** @throws PolicyError `InvalidPrincipal` */
export function compilePrincipals(element: unknown, path: string): PrincipalEntries {
  const entries = new Entries()
  if (element === '*') addAll(entries, 'AWS', ['*'], path)
  else if (isObject(element) && Object.keys(element).length > 0) {
    for (const [kind, values] of Object.entries(element)) addAll(entries, kind, asList(values), `${path}.${kind}`)
  } else {
    throw new PolicyError(
      'InvalidPrincipal',
      `expected \`*\` or an object of principals, found ${shown(element)}`,
      path,
    )
  }
  return entries
}

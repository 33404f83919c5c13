import { accountOf } from '../aws/arns.ts'
import type { Target } from '../aws/target.ts'
import type { Guard } from '../definition/lab.ts'
import { guardError } from '../lab-error.ts'
import { outputOf } from '../steps/answers.ts'

export interface GuardRules extends Guard {
  /** Accounts allowed by `LAB_AWS_ACCOUNTS`, beside those of labs.yaml. */
  environmentAccounts: readonly string[]
}

/**
 * Refuses a real account that nobody has named: before any change, by account id (the identities' too), caller, region and alias.
 *
 * @throws LabError with exit code 5 that says what to add where
 */
export async function guard(target: Target, rules: GuardRules): Promise<void> {
  const { account, region } = target.place
  const accounts = [...rules.accounts, ...rules.environmentAccounts]
  if (accounts.length === 0)
    throw guardError(
      `no account is allowed, and these are the credentials of account ${account}`,
      `if ${account} is a sandbox account, add it: guard: { accounts: ["${account}"] } in labs.yaml, or LAB_AWS_ACCOUNTS=${account}`,
    )
  if (!accounts.includes(account))
    throw guardError(
      `account ${account} is not allowed; allowed: ${accounts.join(', ')}`,
      `use other credentials, or add it to \`guard.accounts\` in labs.yaml`,
    )
  if (rules.regions.length > 0 && !rules.regions.includes(region))
    throw guardError(
      `region ${region} is not allowed; allowed: ${rules.regions.join(', ')}`,
      'choose one with --region, or add it to `guard.regions` in labs.yaml',
    )
  if (target.caller.arn.endsWith(':root'))
    throw guardError(
      `the caller is the root user of account ${account}`,
      'use a role or a user: the root user cannot assume roles, and no guard rail binds it',
    )
  for (const [name, { arn }] of target.identities) {
    const other = accountOf(arn)
    if (other !== null && !accounts.includes(other))
      throw guardError(
        `account ${other} of the identity \`${name}\` is not allowed; allowed: ${accounts.join(', ')}`,
        `labs create things there as well: if it is a sandbox account, add it to \`guard.accounts\` in labs.yaml`,
      )
  }
  if (rules.alias !== null) await guardAlias(target, rules.alias)
}

async function guardAlias(target: Target, pattern: string): Promise<void> {
  const outcome = await target.caller.call('iam:ListAccountAliases', {})
  if (outcome.outcome !== 'allowed')
    throw guardError(
      `the account's alias cannot be read, and must match \`${pattern}\`: ${outcome.code}`,
      'allow iam:ListAccountAliases, or take `guard.alias` out of labs.yaml',
    )
  const { AccountAliases } = outputOf(outcome) as { AccountAliases?: string[] }
  const alias = AccountAliases?.[0]
  if (!alias || !matches(alias, pattern))
    throw guardError(
      `account ${target.place.account} has ${alias ? `the alias \`${alias}\`` : 'no alias'}; it must match \`${pattern}\``,
      'use the right account, or change `guard.alias` in labs.yaml',
    )
}

/** `*` stands for any run of characters. */
function matches(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (!text.startsWith(first)) return false
  if (rest.length === 0) return text === first
  let at = first.length
  const last = rest.pop() ?? ''
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

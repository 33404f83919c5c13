import { type OperationTable, operationTable } from '../../definition/index.ts'
import { kebab } from '../../steps/cli-line.ts'

/** A command line of the aws CLI, read as the CLI reads it. */
export interface AwsCall {
  args: readonly string[]
  /** `iam`; '' where the line names none. */
  service: string
  /** `create-role`. */
  command: string
  /** `iam:CreateRole`; null: no operation of ECR, IAM or STS is called so. */
  operation: string | null
  /** Values by option, without its dashes; a switch has none. */
  options: ReadonlyMap<string, readonly string[]>
  profile: string | null
}

const switches =
  /^--(debug|no-verify-ssl|no-paginate|no-sign-request|no-cli-pager|no-cli-auto-prompt|cli-auto-prompt|version)$/

/** Reads `iam create-role --role-name x`; options of the CLI's own may stand anywhere. */
export async function readAwsCall(args: readonly string[]): Promise<AwsCall> {
  const words: string[] = []
  const options = new Map<string, string[]>()
  let values: string[] | null = null
  for (const arg of args) {
    const [, name, value] = /^--([a-z][\w-]*)(?:=([\s\S]*))?$/.exec(arg) ?? []
    if (name !== undefined) {
      values = value === undefined ? [] : [value]
      options.set(name, values)
      if (value !== undefined || switches.test(arg)) values = null
    } else if (values !== null && (words.length >= 2 || values.length === 0)) values.push(arg)
    else words.push(arg)
  }
  const [service = '', command = ''] = words
  const table = await operationTable()
  return {
    args,
    service,
    command,
    operation: operationNamed(table, service, command),
    options,
    profile: options.get('profile')?.[0] ?? null,
  }
}

const operationNamed = (table: OperationTable, service: string, command: string): string | null =>
  Object.keys(table).find(name => {
    const [own, operation = ''] = name.split(':')
    return own === service && kebab(operation) === command
  }) ?? null

const reading =
  /^(get|list|describe|batch-get|batch-check|simulate|decode|validate|head|search|lookup|filter|query|scan|wait|help|ls|presign|tail|view|generate-credential-report|generate-service-last-accessed-details)(-|$)/

/** What of the CLI touches this machine alone. */
const local = /^(configure|help|history)$/

/**
 * reads: it changes nothing. credentials: nor does that, and it prints secrets. changes: all else.
 */
export function effectOf({ service, command, options }: AwsCall): 'reads' | 'credentials' | 'changes' {
  if (service === 'sts')
    return /^(assume-role|get-session-token|get-federation-token)/.test(command) ? 'credentials' : 'reads'
  if (/^(get-login|get-login-password|get-authorization-token)$/.test(command)) return 'credentials'
  if (service === 'iam' && command === 'create-access-key') return 'changes'
  if (service === '' || command === '' || local.test(service)) return 'reads'
  if (options.has('generate-cli-skeleton') || command === 'help') return 'reads'
  return reading.test(command) ? 'reads' : 'changes'
}

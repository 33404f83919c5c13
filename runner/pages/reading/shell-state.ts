import { unknown } from './trace.ts'

/** Variables that every shell of a run has, by what they stand for in a lab. */
const given: Readonly<Record<string, string>> = {
  ACCOUNT_ID: '{{account}}',
  AWS_REGION: '{{region}}',
  AWS_DEFAULT_REGION: '{{region}}',
  HOME: '~',
}

/** Set by the shell itself, or by whoever logs in. */
const others =
  /^(PATH|USER|LOGNAME|SHELL|PWD|OLDPWD|HOSTNAME|RANDOM|SECONDS|LINENO|UID|EUID|PPID|IFS|TERM|LANG|LC_\w+|TMPDIR|BASH\w*|PIPESTATUS|REPLY|OPTARG|OPTIND|AWS_PROFILE|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_ENDPOINT_URL|AWS_PAGER|[0-9@*#?$!_-])$/

/** What reading knows of the shell at a point of the pages. */
export class ShellState {
  readonly variables = new Map<string, string>()
  readonly files = new Map<string, string | null>()
  /** Something was read that is not known: any variable may be set. */
  blind = false
  pipefail = false

  constructor(env: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries({ ...given, ...env })) this.variables.set(name, value)
  }

  /** A variable's value as far as it is known; null: nothing sets it. */
  value(name: string): string | null {
    const known = this.variables.get(name)
    if (known !== undefined) return known
    return this.blind || others.test(name) ? unknown : null
  }

  /** A path under the one name that it has here. */
  path(written: string): string {
    return written.replace(/^\/(?:root|home\/[\w-]+)(?=\/|$)/, '~').replace(/^\.\//, '')
  }
}

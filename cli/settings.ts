type Environment = Readonly<Record<string, string | undefined>>

/** Every variable that is read, by what it means. The only file that names one; .env.example lists them. */
export interface Settings {
  target: string | null
  accounts: readonly string[]
  debug: boolean
  noColor: boolean
  ci: boolean
  /** Width of the output where it is not a terminal. */
  columns: number | null
  region: string | null
  endpointUrl: string | null
  credentialsFile: string | null
  /** This is a job of GitHub Actions, and nobody has said that it is to be left alone. */
  githubActions: boolean
  /** The checkout: files of annotations are relative to it. */
  githubWorkspace: string | null
  githubStepSummary: string | null
  home: string | null
  path: string
}

/** Reads the variables; an empty one counts as not set. */
export function readSettings(env: Environment): Settings {
  return {
    target: env.LAB_TARGET || null,
    accounts: (env.LAB_AWS_ACCOUNTS ?? '').split(/[\s,]+/).filter(account => account !== ''),
    debug: Boolean(env.LAB_DEBUG),
    noColor: Boolean(env.NO_COLOR),
    ci: Boolean(env.CI),
    columns: /^\d+$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : null,
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || null,
    endpointUrl: env.AWS_ENDPOINT_URL || null,
    credentialsFile: env.AWS_SHARED_CREDENTIALS_FILE || null,
    githubActions: env.GITHUB_ACTIONS === 'true' && !env.LAB_NO_GITHUB,
    githubWorkspace: env.GITHUB_WORKSPACE || null,
    githubStepSummary: env.GITHUB_STEP_SUMMARY || null,
    home: env.HOME || env.USERPROFILE || null,
    path: env.PATH || env.Path || '',
  }
}

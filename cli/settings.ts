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
  /** A service has an endpoint of its own. */
  ownEndpoints: boolean
  credentialsFile: string | null
  /** This is a job of GitHub Actions, and nobody has said that it is to be left alone. */
  githubActions: boolean
  /** The checkout: files of annotations are relative to it. */
  githubWorkspace: string | null
  githubStepSummary: string | null
  /** Lines go into a log in which GitHub's runner looks for commands. */
  githubLog: boolean
  /** Values that must not be shown, wherever they turn up. */
  secrets: readonly string[]
  home: string | null
  path: string
  /** What those who start many processes for one work say of this one: the first that says anything. */
  shards: readonly ShardVariables[]
}

/** How a scheduler tells its processes apart. */
export interface ShardVariables {
  /** For people: whose variables these are. */
  of: string
  /** Names of the variables. */
  names: readonly [string, string]
  index: string | null
  count: string | null
  /** Of the first process. */
  first: 0 | 1
  /** true: they are set for the parts of one work only, so that nobody needs to ask for it. */
  alone: boolean
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
    ownEndpoints: Boolean(env.AWS_ENDPOINT_URL_ECR || env.AWS_ENDPOINT_URL_IAM || env.AWS_ENDPOINT_URL_STS),
    credentialsFile: env.AWS_SHARED_CREDENTIALS_FILE || null,
    githubActions: env.GITHUB_ACTIONS === 'true' && !env.LAB_NO_GITHUB,
    githubWorkspace: env.GITHUB_WORKSPACE || null,
    githubStepSummary: env.GITHUB_STEP_SUMMARY || null,
    githubLog: env.GITHUB_ACTIONS === 'true',
    secrets: [env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN].filter(secret => secret !== undefined),
    home: env.HOME || env.USERPROFILE || null,
    path: env.PATH || env.Path || '',
    shards: shardVariables(env),
  }
}

/**
 * A matrix of GitLab, CircleCI or Buildkite may stand for something else than parts of one work.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
 */
const shardVariables = (env: Environment): ShardVariables[] => [
  {
    ...{ of: 'an AWS Batch array job', names: ['AWS_BATCH_JOB_ARRAY_INDEX', 'AWS_BATCH_JOB_ARRAY_SIZE'] },
    ...{ index: env.AWS_BATCH_JOB_ARRAY_INDEX || null, count: env.AWS_BATCH_JOB_ARRAY_SIZE || null },
    ...{ first: 0, alone: true },
  },
  {
    ...{ of: 'a Kubernetes Indexed Job', names: ['JOB_COMPLETION_INDEX', 'LAB_SHARDS'] },
    ...{ index: env.JOB_COMPLETION_INDEX || null, count: env.LAB_SHARDS || null, first: 0, alone: true },
  },
  {
    ...{ of: 'a GitLab job with parallel', names: ['CI_NODE_INDEX', 'CI_NODE_TOTAL'] },
    ...{ index: env.CI_NODE_INDEX || null, count: env.CI_NODE_TOTAL || null, first: 1, alone: false },
  },
  {
    ...{ of: 'a CircleCI job with parallelism', names: ['CIRCLE_NODE_INDEX', 'CIRCLE_NODE_TOTAL'] },
    ...{ index: env.CIRCLE_NODE_INDEX || null, count: env.CIRCLE_NODE_TOTAL || null, first: 0, alone: false },
  },
  {
    ...{ of: 'a Buildkite step with parallelism', names: ['BUILDKITE_PARALLEL_JOB', 'BUILDKITE_PARALLEL_JOB_COUNT'] },
    ...{ index: env.BUILDKITE_PARALLEL_JOB || null, count: env.BUILDKITE_PARALLEL_JOB_COUNT || null },
    ...{ first: 0, alone: false },
  },
]

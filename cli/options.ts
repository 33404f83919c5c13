import { usageError } from '../runner/lab-error.ts'
import { type InitOptions, initOptionTable } from './init-options.ts'
import { type SandboxOptions, sandboxOptionTable } from './sandbox-options.ts'

/** Options as a command gets them: only what was written is set, apart from lists and switches. */
export interface Options extends SandboxOptions, InitOptions {
  target?: 'sandbox' | 'aws'
  profile?: string
  region?: string
  endpointUrl?: string
  config?: string
  var: Record<string, string>
  until?: string
  teardown: boolean
  isolate: boolean
  parallel: number
  failFast: boolean
  dryRun: boolean
  rerunFailed: boolean
  /** Pages: rewrite the output blocks that say what no longer comes. */
  update: boolean
  orphans: boolean
  /** Milliseconds. */
  olderThan?: number
  yes: boolean
  run?: string
  report: { kind: string; path: string }[]
  json: boolean
  jsonl: boolean
  solve: boolean
  principal?: string
  action?: string
  resource?: string
  context: Record<string, string | string[]>
  quiet: boolean
  verbose: boolean
  color: boolean
  all: boolean
  format: string
  shell?: string
  keepHome: boolean
  port: number
  roster?: string
  /** `3/8`, or `auto`. */
  shard?: string
  /** Only these of the roster. */
  student: string[]
  assumeRole?: string
  answers?: string
  /** Milliseconds. */
  timeout?: number
  /** Percent. */
  failUnder?: number
  gradebook: { kind: string; path: string }[]
  assignment?: string
  feedback?: string
  students: number
  seed: number
  out?: string
  for?: 'run' | 'verify' | 'teardown'
  open: boolean
  fix: boolean
}

export type OptionName = keyof Options

export interface OptionSpec {
  flags: string
  summary: string
  /** Value where the flag is not written. */
  initial?: unknown
  choices?: readonly string[]
  /** Makes the value of the text written; `before` is the value so far. */
  read?: (text: string, before: unknown) => unknown
}

const wholeNumber = (flag: string, from: number, to: number) => (text: string) => {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= from && value <= to) return value
  throw usageError(`\`${flag} ${text}\` is not a whole number from ${from} to ${to}`)
}

const day = 24 * 3_600_000
const milliseconds: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: day }

/** Every flag, spelled alike in every command that has it. */
export const optionTable: Readonly<Record<OptionName, OptionSpec>> = {
  target: {
    flags: '--target <sandbox|aws>',
    summary: 'where the labs run (LAB_TARGET, else labs.yaml, else sandbox)',
    choices: ['sandbox', 'aws'],
  },
  profile: { flags: '--profile <name>', summary: 'profile of the AWS configuration (aws)' },
  region: {
    flags: '--region <region>',
    summary: 'region of the target',
    read: text => {
      if (/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(text)) return text
      throw usageError(`\`--region ${text}\` is not a region`, 'such as --region us-west-2')
    },
  },
  endpointUrl: {
    flags: '--endpoint-url <url>',
    summary: 'endpoint of all services (aws)',
    read: text => {
      if (/^https?:\/\/[^/\s]+\/?$/.test(text) && URL.canParse(text)) return text.replace(/\/$/, '')
      throw usageError(`\`--endpoint-url ${text}\` is not a URL`, 'such as --endpoint-url http://127.0.0.1:4566')
    },
  },
  config: { flags: '--config <labs.yaml>', summary: 'the catalogue; default: labs.yaml here or above' },
  var: {
    flags: '--var <k=v>',
    summary: 'a variable of the labs, or a name as names.k=v; repeatable',
    initial: {},
    read: (text, before) => {
      const at = text.indexOf('=')
      if (at < 1) throw usageError(`\`--var ${text}\` is not of the form k=v`, 'such as --var names.role=my_role')
      return { ...(before as Record<string, string>), [text.slice(0, at)]: text.slice(at + 1) }
    },
  },
  until: { flags: '--until <step>', summary: 'stop after this step (STEP or LAB/STEP)' },
  teardown: { flags: '--teardown', summary: 'remove afterwards what the run created' },
  isolate: { flags: '--isolate', summary: 'add the run id to every name that is created' },
  parallel: {
    flags: '--parallel <n>',
    summary: 'how many steps, things to remove, students, are under way at once; default 4',
    initial: 4,
    read: wholeNumber('--parallel', 1, 64),
  },
  failFast: { flags: '--fail-fast', summary: 'stop at the first failed step' },
  dryRun: { flags: '--dry-run', summary: 'show each call that would be sent, change nothing' },
  rerunFailed: { flags: '--rerun-failed', summary: 'the labs of the last run here that did not pass' },
  update: { flags: '--update', summary: 'rewrite the output blocks of pages that no longer say what comes' },
  orphans: { flags: '--orphans', summary: 'what carries our tags in the account, and is open in no journal here' },
  olderThan: {
    flags: '--older-than <age>',
    summary: 'only orphans of this age: 90m, 24h, 7d; default 24h',
    read: text => {
      const [, number, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
      if (number === undefined) throw usageError(`\`--older-than ${text}\` is not an age`, 'such as --older-than 24h')
      return Number(number) * (milliseconds[unit] ?? 0)
    },
  },
  yes: { flags: '--yes', summary: 'do not ask' },
  run: { flags: '--run <id>', summary: 'only this run' },
  report: {
    flags: '--report <kind=path>',
    summary: 'write a report: json=FILE, junit=FILE, ...; repeatable',
    initial: [],
    read: (text, before) => {
      const at = text.indexOf('=')
      if (at < 1 || at === text.length - 1)
        throw usageError(`\`--report ${text}\` is not of the form KIND=PATH`, 'such as --report json=report.json')
      return [...(before as unknown[]), { kind: text.slice(0, at), path: text.slice(at + 1) }]
    },
  },
  json: { flags: '--json', summary: 'one JSON document on stdout, everything else on stderr' },
  jsonl: { flags: '--jsonl', summary: 'a JSON object a line in, one a line out' },
  solve: { flags: '--solve', summary: 'the whole change that would turn the outcome, not only a hint' },
  principal: { flags: '--principal <arn>', summary: 'who asks: an ARN of the sandbox' },
  action: { flags: '--action <action>', summary: 'such as ecr:ListImages' },
  resource: { flags: '--resource <arn>', summary: 'on what: an ARN, or * where the action has no resource' },
  context: {
    flags: '--context <k=v>',
    summary: 'a condition key of the request; repeatable, one key several times for several values',
    initial: {},
    read: (text, before) => {
      const at = text.indexOf('=')
      if (at < 1)
        throw usageError(`\`--context ${text}\` is not of the form k=v`, 'such as --context aws:PrincipalTag/team=a')
      const [key, value, known] = [text.slice(0, at), text.slice(at + 1), before as Options['context']]
      const earlier = known[key]
      return { ...known, [key]: earlier === undefined ? value : [earlier, value].flat() }
    },
  },
  quiet: { flags: '--quiet', summary: 'only failures and the summary' },
  verbose: { flags: '-v, --verbose', summary: 'request ids and attempts as well' },
  color: { flags: '--no-color', summary: 'no colours' },
  all: { flags: '--all', summary: 'every lab of the catalogue' },
  format: {
    flags: '--format <plan|cli|page|graph>',
    summary: 'plan: the steps and what each makes; cli: the aws commands; page: for participants; graph: Mermaid',
    initial: 'plan',
  },
  shell: {
    flags: '--shell <bash|powershell|cmd>',
    summary: 'whose syntax',
    choices: ['bash', 'powershell', 'cmd'],
  },
  keepHome: { flags: '--keep-home', summary: 'leave HOME as it is' },
  port: {
    flags: '--port <n>',
    summary: 'port on 127.0.0.1; default: a free one',
    initial: 0,
    read: wholeNumber('--port', 0, 65_535),
  },
  roster: { flags: '--roster <class.csv>', summary: 'grade every student of this list: columns student, account' },
  shard: { flags: '--shard <i/n>', summary: 'only the i-th of n equal parts; auto: as the scheduler says' },
  student: {
    flags: '--student <name>',
    summary: 'only this one of the roster; repeatable',
    initial: [],
    read: (text, before) => [...(before as string[]), text],
  },
  assumeRole: { flags: '--assume-role <name>', summary: "role through which each student's account is reached" },
  answers: { flags: '--answers <dir>', summary: "a participant's documents in place of the lab's own" },
  timeout: {
    flags: '--timeout <time>',
    summary: 'longest time for one student: 90s, 5m; default 5m',
    read: text => {
      const [, number, unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? []
      if (number === undefined || Number(number) === 0)
        throw usageError(`\`--timeout ${text}\` is not a time`, 'such as --timeout 90s')
      return Number(number) * (milliseconds[unit] ?? 0)
    },
  },
  failUnder: {
    flags: '--fail-under <percent>',
    summary: 'exit 1 when a graded student is below',
    read: wholeNumber('--fail-under', 0, 100),
  },
  gradebook: {
    flags: '--gradebook <kind=export.csv>',
    summary: 'fill a column of your own export: canvas=FILE, moodle=FILE',
    initial: [],
    read: (text, before) => {
      const at = text.indexOf('=')
      if (at < 1 || at === text.length - 1)
        throw usageError(
          `\`--gradebook ${text}\` is not of the form KIND=FILE`,
          'such as --gradebook canvas=export.csv',
        )
      return [...(before as unknown[]), { kind: text.slice(0, at), path: text.slice(at + 1) }]
    },
  },
  assignment: { flags: '--assignment <column>', summary: "the gradebook's column: 'Lab 3 (123)'" },
  feedback: { flags: '--feedback <dir>', summary: 'a file for each student, which shows no hidden check' },
  students: {
    flags: '--students <n>',
    summary: 'how many; default 30',
    initial: 30,
    read: wholeNumber('--students', 1, 10_000),
  },
  seed: {
    flags: '--seed <n>',
    summary: 'the same class, the same chances for the same number; default 1',
    initial: 1,
    read: wholeNumber('--seed', 0, 4_294_967_295),
  },
  out: { flags: '--out <dir>', summary: 'where the files go; default: class, and .lab/shards with --shard' },
  for: {
    flags: '--for <run|verify|teardown>',
    summary: 'what the policy is for; default: a run and taking back what it made',
    choices: ['run', 'verify', 'teardown'],
  },
  fix: { flags: '--fix', summary: 'mend what can be mended without a question' },
  open: { flags: '--open', summary: 'write the page and open it in the browser' },
  ...sandboxOptionTable,
  ...initOptionTable,
}

/** Flags of the design that no command has yet: refused by name, never ignored. */
export const flagsToCome = ['--timeout']

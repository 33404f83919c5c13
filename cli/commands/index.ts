import type { Command } from '../command.ts'
import type { OptionName } from '../options.ts'

/** What is known of a command before it is loaded: enough for help and for reading the command line. */
export interface CommandSpec {
  /** `run`, `sandbox start`. */
  name: string
  /** `[lab...]`, in commander's form. */
  arguments?: string
  summary: string
  options: readonly OptionName[]
  /** true: not in the help. */
  hidden?: boolean
  load: () => Promise<Command>
}

const shown = ['json', 'quiet', 'verbose', 'color'] as const
const where = ['target', 'profile', 'region', 'endpointUrl', 'config'] as const

/** Every command there is. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'list',
    summary: 'the catalogue: id, title, steps, points, needs',
    options: ['config', 'json', 'color'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'show',
    arguments: '<lab>',
    summary: 'the steps and what each creates; the aws commands; a page for participants; a diagram',
    options: ['format', 'var', 'target', 'region', 'config', 'json', 'color'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'run',
    arguments: '[lab...]',
    summary: 'run the steps of labs, or the commands of pages (FILE.md), and check every outcome',
    options: [
      'all',
      ...where,
      'var',
      'until',
      'teardown',
      'isolate',
      'parallel',
      'failFast',
      'dryRun',
      'rerunFailed',
      'shard',
      'out',
      'update',
      'answers',
      'yes',
      'report',
      ...shown,
    ],
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'verify',
    arguments: '[lab...]',
    summary: 'check outcomes and state, create and change nothing',
    options: [
      'all',
      ...where,
      'var',
      'roster',
      'student',
      'assumeRole',
      'answers',
      'parallel',
      'timeout',
      'rerunFailed',
      'shard',
      'out',
      'report',
      'gradebook',
      'assignment',
      'feedback',
      'failUnder',
      ...shown,
    ],
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'start',
    arguments: '<lab>',
    summary: 'make what the lab needs, write what is to be answered as stubs into answers/LAB/',
    options: [...where, 'var', 'parallel', 'yes', ...shown],
    load: async () => (await import('./start.ts')).start,
  },
  {
    name: 'teardown',
    arguments: '[lab...]',
    summary: "remove what runs left; no lab: all that this folder's runs left",
    options: ['run', 'orphans', 'olderThan', 'parallel', 'dryRun', 'yes', ...where, ...shown],
    load: async () => (await import('./teardown.ts')).teardown,
  },
  {
    name: 'status',
    summary: 'every run with something left, and what is left',
    options: ['config', 'json', 'color'],
    load: async () => (await import('./status.ts')).status,
  },
  {
    name: 'check',
    arguments: '[file...]',
    summary: 'what is wrong in labs and pages, without running them',
    options: ['fix', 'report', 'config', 'json', 'color'],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'init',
    arguments: '<id>',
    summary: 'write a new lab that passes, with a broken twin that must not',
    options: ['title', 'template', 'from', 'yes', 'config', 'json', 'color'],
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'selftest',
    arguments: '[lab...]',
    summary: 'is the lab a good test: red before, green after, every statement exercised',
    options: ['all', 'var', 'region', 'config', 'parallel', 'json', 'color'],
    load: async () => (await import('./selftest.ts')).selftest,
  },
  {
    name: 'explain',
    arguments: '[text...]',
    summary: 'a denial in plain words: an argument, standard input, or a log file',
    options: ['json', 'jsonl', 'color'],
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'simulate',
    arguments: '[file]',
    summary: 'what AWS would decide for a request and its policies, and which statement decides',
    options: ['jsonl', 'principal', 'action', 'resource', 'context', 'region', 'config', 'json', 'color'],
    load: async () => (await import('./simulate.ts')).simulate,
  },
  {
    name: 'doctor',
    arguments: '[lab...]',
    summary: 'is this machine and account ready for the labs; each finding with its mend',
    options: ['all', ...where, 'var', 'json', 'color'],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'why',
    arguments: '<lab> <step>',
    summary: 'which statement decided a step of the last run, and what would turn it',
    options: ['solve', 'run', 'var', 'target', 'profile', 'endpointUrl', 'config', 'json', 'color'],
    load: async () => (await import('./why.ts')).why,
  },
  {
    name: 'permissions',
    arguments: '[lab...]',
    summary: 'the least-privilege policy the runner itself needs; no lab: all of them',
    options: ['all', 'for', 'roster', 'isolate', 'var', 'target', 'region', 'config', 'json'],
    load: async () => (await import('./permissions.ts')).permissions,
  },
  {
    name: 'report',
    arguments: '<run>',
    summary: "a run's report again: to read, as files (--report), or as a page (--open)",
    options: ['report', 'open', 'config', 'json', 'color'],
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'history',
    summary: 'what the runs of this folder say together: pass rate, flaky steps, times',
    options: ['target', 'config', 'json', 'color'],
    load: async () => (await import('./history.ts')).history,
  },
  {
    name: 'diff',
    arguments: '<run> <run>',
    summary: "what changed between two runs: a decision (exit 1), only AWS's wording, only timing",
    options: ['config', 'json', 'color'],
    load: async () => (await import('./diff.ts')).diff,
  },
  {
    name: 'merge',
    arguments: '[dir...]',
    summary: 'the results of all shards as one: reports, gradebooks; a missing shard is named',
    options: ['report', 'gradebook', 'assignment', 'feedback', 'failUnder', 'config', 'json', 'color'],
    load: async () => (await import('./merge.ts')).merge,
  },
  {
    name: 'env',
    arguments: '[lab]',
    summary: 'exports for the profile a run wrote',
    options: ['shell', 'config', 'json'],
    load: async () => (await import('./env.ts')).env,
  },
  {
    name: 'sandbox start',
    summary: 'serve the sandbox account until it is stopped',
    options: ['port', 'region', 'propagation', 'flap', 'lateReads', 'faults', 'seed', 'config', 'json'],
    load: async () => (await import('./sandbox-start.ts')).sandboxStart,
  },
  {
    name: 'sandbox stop',
    summary: 'stop serving; what the account holds stays',
    options: ['config', 'json'],
    load: async () => (await import('./sandbox-stop.ts')).sandboxStop,
  },
  {
    name: 'sandbox status',
    summary: 'is it running, where, and its accounts',
    options: ['config', 'json'],
    load: async () => (await import('./sandbox-status.ts')).sandboxStatus,
  },
  {
    name: 'sandbox reset',
    summary: 'empty the account',
    options: ['yes', 'config', 'json'],
    load: async () => (await import('./sandbox-reset.ts')).sandboxReset,
  },
  {
    name: 'sandbox log',
    summary: 'each call: who, what, and which statement decided',
    options: ['config', 'json', 'color'],
    load: async () => (await import('./sandbox-log.ts')).sandboxLog,
  },
  {
    name: 'sandbox account',
    arguments: '<create|list>',
    summary: 'make an account more, bound by control policies if given; or list them',
    options: ['id', 'scp', 'rcp', 'config', 'json'],
    load: async () => (await import('./sandbox-account.ts')).sandboxAccount,
  },
  {
    name: 'sandbox exec',
    arguments: '<command...>',
    summary: 'run a program against the sandbox: lab sandbox exec -- COMMAND...',
    options: ['keepHome', 'region', 'config'],
    load: async () => (await import('./sandbox-exec.ts')).sandboxExec,
  },
  {
    name: 'sandbox class',
    summary: 'a class of accounts in many states, to rehearse grading with, and its truth',
    options: ['students', 'seed', 'out', 'region', 'config', 'json'],
    load: async () => (await import('./sandbox-class.ts')).sandboxClass,
  },
  {
    name: 'sandbox serve',
    summary: 'serve in the foreground',
    options: ['port', 'region', 'propagation', 'flap', 'lateReads', 'faults', 'seed', 'config'],
    hidden: true,
    load: async () => (await import('./sandbox-serve.ts')).sandboxServe,
  },
]

/** Commands of the design that are not there yet: refused by name. */
export const commandsToCome: readonly string[] = []

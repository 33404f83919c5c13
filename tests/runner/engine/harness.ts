import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Report, StepReport } from '../../../assertions/index.ts'
import type { VerifyOptions } from '../../../runner/engine/options.ts'
import {
  type Catalogue,
  type EngineEvent,
  type EngineOptions,
  findCatalogue,
  type Lab,
  loadLabs,
  openTarget,
  type RunOptions,
  runLabs,
  stepKinds,
  type Target,
  type TeardownOptions,
  teardown,
  verifyLabs,
} from '../../../runner/index.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/index.ts'

import { linesOf, recordsIn } from '../../records-in.ts'

export const repository = resolve(import.meta.dirname, '../../..')

/** A sandbox and a `.lab` folder of its own, with the engine pointed at them: what the command line does, without a process. */
export interface Workshop {
  folder: string
  /** Where runs are kept. */
  labFolder: string
  /** The person's own profile file. */
  userCredentialsFile: string
  sandbox: Sandbox
  /** Where its state lies. */
  sandboxFolder: string
  /** Its records before anything was done (records-in.ts). */
  atFirst: readonly string[]
  target: Target
  events: EngineEvent[]
  catalogue: Catalogue
  /** What every command of the engine is given. */
  engine: EngineOptions
  /** What `run` is given. */
  options(asked: string[]): Promise<RunOptions>
  run(asked: string[], options?: Partial<RunOptions>): Promise<Report>
  verify(asked: string[], options?: Partial<VerifyOptions>): Promise<Report>
  teardown(labs?: string[], options?: Partial<TeardownOptions>): ReturnType<typeof teardown>
  /** A call as the account's admin. */
  call(operation: string, input?: Record<string, unknown>): ReturnType<Target['caller']['call']>
  close(): Promise<void>
}

export interface WorkshopOptions {
  /** Folder with labs.yaml; default: the repository's own. */
  labs?: string
  /** Treated as AWS: answers are polled until they settle. */
  eventual?: boolean
  /** Another one's account, from a folder of its own. */
  beside?: Workshop
  /** How late and how unsteadily the sandbox enforces changes. */
  propagation?: SandboxOptions['propagation']
  /** Of the sandbox: the switch that proves that a lab notices. */
  authorization?: 'off' | 'deny'
  /** What goes wrong between the engine and the sandbox. */
  faults?: SandboxOptions['faults']
  /** Without the identity `partner`, as on a machine that lacks its profile. */
  alone?: boolean
  /** So many milliseconds without a byte, and no answer comes any more; default: 20 s. */
  silence?: number
  /** Puts something between the engine and the sandbox: the endpoint to use in its stead. */
  through?: (endpoint: string) => Promise<string>
}

const dependentsIn = (all: readonly Lab[]) => (id: string) => {
  const found = new Set<string>()
  const visit = (needed: string) => {
    for (const lab of all)
      if (lab.needs.includes(needed) && !found.has(lab.id)) {
        found.add(lab.id)
        visit(lab.id)
      }
  }
  visit(id)
  return [...found]
}

export async function openWorkshop({
  labs = repository,
  eventual = false,
  beside,
  propagation,
  through,
  authorization,
  faults,
  alone = false,
  silence,
}: WorkshopOptions = {}): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-'))
  const sandboxFolder = beside?.sandboxFolder ?? join(folder, 'sandbox')
  const sandbox =
    beside?.sandbox ?? (await startSandbox({ directory: sandboxFolder, propagation, faults, authorization }))
  const atFirst = beside?.atFirst ?? linesOf(await recordsIn(sandboxFolder))
  const [own, partner] = sandbox.accounts
  if (!own || !partner) throw new Error('the sandbox has two accounts')
  const endpoint = (await through?.(sandbox.endpoint)) ?? sandbox.endpoint
  const open = () =>
    openTarget({
      name: eventual ? 'aws' : 'sandbox',
      region: sandbox.region,
      endpoint,
      caller: own.admin,
      identities: alone ? {} : { partner: partner.admin },
      environment: { PATH: process.env.PATH ?? '' },
      silence,
      accounts: eventual ? sandbox.accounts.map(({ id }) => id) : undefined,
    })
  const target = await open()
  const catalogue = await findCatalogue(labs)
  const events: EngineEvent[] = []
  const all = await loadLabs(catalogue, catalogue.labs, stepKinds, {})
  const engine = {
    target,
    catalogue,
    labFolder: join(folder, '.lab'),
    workingFolder: labs,
    userCredentialsFile: join(folder, 'home', '.aws', 'credentials'),
    env: {},
    version: '0.0.0',
    emit: (event: EngineEvent) => events.push(event),
    signal: new AbortController().signal,
  }
  const select = async (asked: string[]) => ({
    asked,
    labs: await loadLabs(catalogue, asked, stepKinds, {}),
    overrides: {},
  })
  const { labFolder, userCredentialsFile } = engine
  const runOptions = async (asked: string[]): Promise<RunOptions> => ({
    ...engine,
    ...(await select(asked)),
    until: null,
    failFast: false,
    teardown: false,
    isolate: false,
    parallel: 4,
    confirm: null,
    dependents: dependentsIn(all),
  })
  return {
    folder,
    labFolder,
    userCredentialsFile,
    sandbox,
    sandboxFolder,
    atFirst,
    target,
    events,
    catalogue,
    engine,
    options: runOptions,
    run: async (asked, options = {}) => runLabs({ ...(await runOptions(asked)), ...options }),
    verify: async (asked, options = {}) =>
      verifyLabs({ ...engine, ...(await select(asked)), all, parallel: 4, ...options }),
    teardown: (labs, options = {}) =>
      teardown({
        ...engine,
        select: { labs: labs ?? null, run: null },
        dryRun: false,
        parallel: 4,
        dependents: dependentsIn(all),
        open,
        ...options,
      }),
    call: (operation, input = {}) => target.caller.call(operation, input),
    close: async () => {
      target.close()
      if (!beside) await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Steps of a report by what came of them: `identity-policies/role passed`. */
export const stepsOf = (report: Report): string[] =>
  report.labs.flatMap(lab => lab.steps.map(step => `${lab.id}/${step.id} ${step.status}`))

/** The same, those that passed left out. */
export const notPassed = (report: Report): string[] => stepsOf(report).filter(step => !step.endsWith(' passed'))

export function stepOf(report: Report, id: string): StepReport {
  const step = report.labs.flatMap(lab => lab.steps).find(each => each.id === id)
  if (!step) throw new Error(`the report has no step ${id}`)
  return step
}

/** What stands by itself in an account, by the table that it lies in. */
const standing: Readonly<Record<string, [type: string, name: string]>> = {
  'iam.role': ['Roles', 'RoleName'],
  'iam.policy': ['Policies', 'PolicyName'],
  'ecr.repository': ['Repositories', 'repositoryName'],
  'iam.user': ['Users', 'UserName'],
  'iam.group': ['Groups', 'GroupName'],
  'iam.instance-profile': ['InstanceProfiles', 'InstanceProfileName'],
}

/** Everything that stands by itself in the accounts of the sandbox, by name, as it lies on its disk; the first account's goes unnamed. */
export async function accountOf({ sandboxFolder, target }: Workshop): Promise<string[]> {
  const records = await recordsIn(sandboxFolder)
  return Object.entries(standing).flatMap(([table, [type, member]]) =>
    records.flatMap(({ table: of, key, value }) => {
      const name = (value as Record<string, unknown>)[member]
      if (of !== table || name === 'admin') return []
      return [`${key[0] === target.place.account ? '' : `${key[0]} `}${type} ${name}`]
    }),
  )
}

/** What is not in the accounts as it was at first, record by record: `+` there and not before, `-` gone. Empty: not a byte of it differs. */
export async function changedIn({ sandboxFolder, atFirst }: Workshop): Promise<string[]> {
  const now = linesOf(await recordsIn(sandboxFolder))
  return [
    ...now.filter(line => !atFirst.includes(line)).map(line => `+ ${line}`),
    ...atFirst.filter(line => !now.includes(line)).map(line => `- ${line}`),
  ]
}

/** A folder with labs of the test's own, by id. */
export async function labsOf(
  labs: Readonly<Record<string, string>>,
  settings = 'target: sandbox',
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-labs-'))
  await writeFile(join(folder, 'labs.yaml'), `labs: [${Object.keys(labs).join(', ')}]\n${settings}\n`)
  for (const [id, text] of Object.entries(labs)) {
    const file = join(folder, 'labs', id, 'lab.yaml')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `id: ${id}\ntitle: ${id}\n${text}`)
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

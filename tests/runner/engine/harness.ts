import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Report } from '../../../assertions/index.ts'
import {
  type Catalogue,
  type EngineEvent,
  findCatalogue,
  type Lab,
  loadLabs,
  openTarget,
  type RunOptions,
  runLabs,
  stepKinds,
  type Target,
  teardown,
  verifyLabs,
} from '../../../runner/index.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts'

export const repository = resolve(import.meta.dirname, '../../..')

/** A sandbox and a `.lab` folder of its own, with the engine pointed at them: what the command line does, without a process. */
export interface Workshop {
  folder: string
  sandbox: Sandbox
  target: Target
  events: EngineEvent[]
  catalogue: Catalogue
  run(asked: string[], options?: Partial<RunOptions>): Promise<Report>
  verify(asked: string[]): Promise<Report>
  teardown(labs?: string[]): ReturnType<typeof teardown>
  /** A call as the account's admin. */
  call(operation: string, input?: Record<string, unknown>): ReturnType<Target['caller']['call']>
  close(): Promise<void>
}

export interface WorkshopOptions {
  /** Folder with labs.yaml; default: the repository's own. */
  labs?: string
  /** Treated as AWS: answers are polled until they settle. */
  eventual?: boolean
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
  through,
}: WorkshopOptions = {}): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-'))
  const sandbox = await startSandbox({ directory: join(folder, 'sandbox') })
  const [own, partner] = sandbox.accounts
  if (!own || !partner) throw new Error('the sandbox has two accounts')
  const endpoint = (await through?.(sandbox.endpoint)) ?? sandbox.endpoint
  const open = () =>
    openTarget({
      name: eventual ? 'aws' : 'sandbox',
      region: sandbox.region,
      endpoint,
      caller: own.admin,
      identities: { partner: partner.admin },
      environment: { PATH: process.env.PATH ?? '' },
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
  return {
    folder,
    sandbox,
    target,
    events,
    catalogue,
    run: async (asked, options = {}) =>
      runLabs({
        ...engine,
        ...(await select(asked)),
        until: null,
        failFast: false,
        teardown: false,
        isolate: false,
        parallel: 4,
        confirm: null,
        dependents: dependentsIn(all),
        ...options,
      }),
    verify: async asked => verifyLabs({ ...engine, ...(await select(asked)), all }),
    teardown: labs =>
      teardown({
        ...engine,
        select: { labs: labs ?? null, run: null },
        dryRun: false,
        dependents: dependentsIn(all),
        open,
      }),
    call: (operation, input = {}) => target.caller.call(operation, input),
    close: async () => {
      target.close()
      await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

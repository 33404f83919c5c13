import { delimiter, join } from 'node:path'
import type { Emit } from '../../engine/events.ts'
import type { Journal } from '../../engine/journal.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import type { Stage } from '../../engine/stage.ts'
import { BashSession } from '../session/bash-session.ts'
import { PageCalls } from '../shim/page-calls.ts'
import { RehearsedCalls } from '../shim/rehearsed-calls.ts'
import { ShimServer } from '../shim/shim-server.ts'
import { findProgram } from './find-program.ts'
import { OutsideFiles } from './outside-files.ts'
import { harmlessPrograms, sayWhatIsNotRun } from './rehearsal-path.ts'
import { Scratch } from './scratch.ts'

/** What the shell's calls of the CLI are answered by. */
type Calls = Pick<PageCalls, 'current' | 'made'>

/** The shell of a run's pages with all that stands around it: its home, and the `aws` that it finds first. */
export interface PageShell {
  readonly session: BashSession
  readonly calls: Calls
  readonly scratch: Scratch
  readonly outside: OutsideFiles
  close(): Promise<void>
}

/** @param folder of the run's own; gone when the shell is closed */
export async function openShell(
  stage: Stage,
  planned: PlannedLab,
  journal: Journal,
  folder: string,
): Promise<PageShell> {
  const environment = await stage.context(planned, null).environment()
  const path = environment.PATH ?? ''
  const calls = new PageCalls({ stage, journal, callerKey: environment.AWS_ACCESS_KEY_ID ?? '' })
  const real = await findProgram('aws', path)
  const shim = real === null ? null : await ShimServer.start(join(folder, 'shim'), real, calls.answer)
  return shellOf({ stage, environment, folder, calls, shim, path })
}

/** A shell for a dry run: its `aws` sends nothing, and programs that may change something are not found. */
export async function openShellToRehearse(
  stage: Stage,
  planned: PlannedLab,
  emit: Emit,
  folder: string,
): Promise<PageShell> {
  const environment = await stage.context(planned, null).environment()
  const calls = new RehearsedCalls(emit, stage.target.caller.arn)
  const shim = await ShimServer.start(join(folder, 'shim'), 'aws', calls.answer)
  const path = await harmlessPrograms(join(folder, 'bin'), environment.PATH ?? '', folder)
  const shell = await shellOf({ stage, environment, folder, calls, shim, path })
  await shell.session.run(sayWhatIsNotRun(folder), 10_000)
  return shell
}

interface Around {
  stage: Stage
  environment: Readonly<Record<string, string>>
  folder: string
  calls: Calls
  /** null: there is no CLI. */
  shim: ShimServer | null
  path: string
}

async function shellOf({ stage, environment, folder, calls, shim, path }: Around): Promise<PageShell> {
  const scratch = await Scratch.make(folder)
  const { bin, variables } = shim?.environment ?? { bin: null, variables: {} }
  const session = new BashSession({
    folder: join(folder, 'session'),
    cwd: scratch.home,
    signal: stage.options.signal,
    env: {
      ...environment,
      ...variables,
      HOME: scratch.home,
      USERPROFILE: scratch.home,
      TMPDIR: join(folder, 'tmp'),
      AWS_EC2_METADATA_DISABLED: 'true',
      LAB_PAGE: '1',
      PATH: bin === null ? path : `${bin}${delimiter}${path}`,
    },
  })
  const outside = new OutsideFiles(folder)
  const close = async () => {
    await session.close()
    shim?.close()
    await outside.remove()
    await scratch.remove()
  }
  return { session, calls, scratch, outside, close }
}

import { delimiter, join } from 'node:path'
import type { Journal } from '../../engine/journal.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import type { Stage } from '../../engine/stage.ts'
import { BashSession } from '../session/bash-session.ts'
import { PageCalls } from '../shim/page-calls.ts'
import { ShimServer } from '../shim/shim-server.ts'
import { findProgram } from './find-program.ts'
import { Scratch } from './scratch.ts'

/** The shell of a run's pages with all that stands around it: its home, and the `aws` that it finds first. */
export class PageShell {
  readonly session: BashSession
  readonly calls: PageCalls
  readonly scratch: Scratch
  readonly #shim: ShimServer | null

  private constructor(session: BashSession, calls: PageCalls, scratch: Scratch, shim: ShimServer | null) {
    this.session = session
    this.calls = calls
    this.scratch = scratch
    this.#shim = shim
  }

  /** @param folder of the run's own; gone when the shell is closed */
  static async open(stage: Stage, planned: PlannedLab, journal: Journal, folder: string): Promise<PageShell> {
    const context = stage.context(planned, null)
    const environment = await context.environment()
    const scratch = await Scratch.make(folder)
    const calls = new PageCalls({ stage, journal, callerKey: environment.AWS_ACCESS_KEY_ID ?? '' })
    const path = environment.PATH ?? ''
    const real = await findProgram('aws', path)
    const shim = real === null ? null : await ShimServer.start(join(folder, 'shim'), real, calls.answer)
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
    return new PageShell(session, calls, scratch, shim)
  }

  async close(): Promise<void> {
    await this.session.close()
    this.#shim?.close()
    await this.scratch.remove()
  }
}

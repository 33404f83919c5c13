import { join } from 'node:path'
import type { LabReport, Report, StepReport } from '../../assertions/index.ts'
import type { Lab } from '../definition/index.ts'
import type { EngineOptions, Selection } from '../engine/options.ts'
import { runLabs } from '../engine/run-labs.ts'
import { verifyLabs } from '../engine/verify-labs.ts'
import type { FreshAccount } from '../grading/grade-answers.ts'
import { environmentError } from '../lab-error.ts'

export interface TrialOptions
  extends Omit<EngineOptions, 'target' | 'labFolder' | 'userCredentialsFile' | 'emit'>,
    Omit<Selection, 'asked'> {
  /** How many accounts are tried at once. */
  parallel: number
  open(): Promise<FreshAccount>
}

/** An account in which something of the labs is tried. */
export interface Trial {
  /** Up to the first step that is not as the labs say. */
  run(asked: readonly string[], labs: readonly Lab[]): Promise<Report>
  verify(asked: readonly string[], labs: readonly Lab[]): Promise<Report>
}

/**
 * Gives an account of its own to `work`, and takes it away.
 * @throws LabError (3) when interrupted: what was cut short says nothing of a lab
 */
export async function inTrial<T>(options: TrialOptions, work: (trial: Trial) => Promise<T>): Promise<T> {
  const interrupted = () => environmentError('interrupted: nothing is said of a lab that was not tried')
  if (options.signal.aborted) throw interrupted()
  // A signal of its own: whoever listens to it is gone with the account.
  const signal = AbortSignal.any([options.signal])
  const { target, folder, close } = await options.open()
  const engine = { ...options, signal, target, emit: () => {}, labFolder: join(folder, '.lab') }
  const shared = { ...engine, userCredentialsFile: join(folder, 'credentials') }
  const alone = { until: null, failFast: true, teardown: false, isolate: false, parallel: 4, confirm: null }
  try {
    const done = await work({
      run: (asked, labs) => runLabs({ ...shared, ...alone, asked, labs, dependents: () => [] }),
      verify: (asked, labs) => verifyLabs({ ...shared, parallel: 1, asked, labs, all: labs }),
    })
    if (options.signal.aborted) throw interrupted()
    return done
  } finally {
    await close()
  }
}

export function reportOf({ labs }: Report, id: string): LabReport {
  const found = labs.find(lab => lab.id === id)
  if (!found) throw environmentError(`\`${id}\` got no verdict`)
  return found
}

/** Why a step is not as its lab says. */
export const reasonOf = ({ status, hint, expected, actual }: StepReport): string =>
  status === 'skipped'
    ? (hint ?? 'skipped')
    : `expected ${expected || 'allowed'}, found ${actual?.message ?? actual?.outcome ?? status}`

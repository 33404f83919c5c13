import type { Target } from '../aws/target.ts'
import type { Catalogue, Lab } from '../definition/index.ts'
import type { Emit } from './events.ts'
import type { PlannedLab } from './plan.ts'
import type { RecordsOf } from './recorded-statements.ts'
import type { LabRun, LabRunOptions } from './run-lab.ts'
import type { Stage } from './stage.ts'

/** What every command of the engine is given: the world comes in here, and nowhere else. */
export interface EngineOptions {
  target: Target
  catalogue: Catalogue
  /** `.lab` beside labs.yaml, else in the working folder. */
  labFolder: string
  /** Paths are shown relative to it. */
  workingFolder: string
  /** `~/.aws/credentials` or what the person's environment says. */
  userCredentialsFile: string
  /** For `{{env.X}}`. */
  env: Readonly<Record<string, string | undefined>>
  /** Of the tool, for the report. */
  version: string
  emit: Emit
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
  /** Milliseconds in which "not there" of what was just made is not believed, where answers need time. Default: 15 s. */
  notFoundFor?: number | undefined
  /** What the target recorded of requests; absent: it keeps no record. */
  recordsOf?: RecordsOf | undefined
}

export interface Selection {
  /** The labs asked for and all that they need, what is needed first (loadLabs). */
  labs: readonly Lab[]
  /** Ids asked for. */
  asked: readonly string[]
  /** `--var`: vars by name, names as `names.role`. */
  overrides: Readonly<Record<string, string>>
}

/** A lab that is not made of step kinds, and plays itself: a page. */
export interface LabPlayer {
  /** How many things it makes, as far as that can be told before. */
  things: number
  play(stage: Stage, planned: PlannedLab, options: LabRunOptions): Promise<LabRun>
  /** Tells each call as it would be sent, and sends none. */
  rehearse(stage: Stage, planned: PlannedLab, emit: Emit): Promise<void>
}

export interface RunOptions extends EngineOptions, Selection {
  /** By lab id. */
  players?: ReadonlyMap<string, LabPlayer>
  /** Stop after this step: `step` of an asked lab, or `lab/step`. */
  until: string | null
  failFast: boolean
  teardown: boolean
  isolate: boolean
  /** How many steps are under way at once, of a group and of labs that run together. */
  parallel: number
  /** Which labs of the catalogue need a lab, directly or further on: taken back before it is replaced. */
  dependents: (lab: string) => readonly string[]
  /** Asked once before the first change, with what would be created; false: nothing is done. */
  confirm: ((things: number) => Promise<boolean>) | null
}

export interface VerifyOptions extends EngineOptions, Selection {
  /** How many steps are under way at once. */
  parallel: number
  /** All labs of the catalogue: one that is not asked for may override a probe of one that is. */
  all: readonly Lab[]
}

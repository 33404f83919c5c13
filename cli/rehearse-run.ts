import { dryRun } from '../runner/engine/dry-run.ts'
import type { RunOptions } from '../runner/engine/options.ts'
import type { Options } from './options.ts'
import { counted } from './show/count.ts'
import { hearCalls } from './show/kept-calls.ts'
import { paperOf, writeJson } from './show/paper.ts'
import { plainShow } from './show/plain.ts'
import type { World } from './world.ts'

/** `lab run --dry-run`: every call as it would be sent, none of them sent. */
export async function rehearseRun(world: World, options: Options, run: Omit<RunOptions, 'emit'>): Promise<0> {
  const paper = paperOf(world, options)
  const { calls, emit } = hearCalls(plainShow(paper, { ...options, steps: new Map() }).emit)
  await dryRun({ ...run, emit })
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, dryRun: true, calls })
  paper.line()
  paper.line(`${counted(calls.length, 'call')} would be sent, none was: a dry run`)
  return 0
}

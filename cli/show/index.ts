import type { Lab } from '../../runner/definition/index.ts'
import type { Options } from '../options.ts'
import type { World } from '../world.ts'
import { paperOf } from './paper.ts'
import { plainShow, type Show, type ShowOptions } from './plain.ts'

/** Shows a run: a live list on a terminal, plain lines elsewhere; with --json on standard error. */
export async function showFor(world: World, options: Options, labs: readonly Lab[]): Promise<Show> {
  const paper = paperOf(world, options)
  const showOptions: ShowOptions = {
    quiet: options.quiet,
    verbose: options.verbose,
    steps: new Map(labs.flatMap(lab => lab.groups.flat().map(step => [`${lab.id}/${step.id}`, step] as const))),
  }
  if (!paper.animated || options.quiet) return plainShow(paper, showOptions)
  const { terminalShow } = await import('./terminal.ts')
  return terminalShow(paper, options.json ? world.stderr : world.stdout, showOptions)
}

import type { Catalogue } from '../../runner/definition/index.ts'
import type { LabPlayer } from '../../runner/engine/options.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Options } from '../options.ts'
import { type Selected, selectLabs } from '../select-labs.ts'
import type { Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { isPage } from './is-page.ts'

export interface SelectedWithPages {
  selected: Selected
  players: ReadonlyMap<string, LabPlayer>
  /** Ends the shell of the pages. */
  closePages(): Promise<void>
}

/**
 * The labs and pages that a command line names; `--all` takes the `pages:` of labs.yaml, too. Pages come after the labs.
 * @throws LabError (usage), DefinitionError
 */
export async function selectWithPages(
  world: World,
  workplace: Workplace,
  catalogue: Catalogue,
  args: readonly string[],
  options: Options,
): Promise<SelectedWithPages> {
  const { all, update, isolate } = options
  const named = args.filter(isPage)
  const ids = args.filter(arg => !isPage(arg))
  if (named.length === 0 && !(all && catalogue.pages.length > 0)) {
    if (update) throw usageError('`--update` without a page', 'it rewrites the output blocks of pages')
    const selected = await selectLabs(world, catalogue, args, all)
    return { selected, players: new Map(), closePages: async () => undefined }
  }
  const { loadPages } = await import('./load-pages.ts')
  return loadPages(world, workplace, catalogue, { ids, named, all, update, isolate })
}

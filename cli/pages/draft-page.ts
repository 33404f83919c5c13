import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Lab } from '../../runner/definition/index.ts'
import { maxYaml } from '../../runner/definition/read-lab.ts'
import { readText } from '../../runner/definition/read-text.ts'
import { usageError } from '../../runner/lab-error.ts'
import { withNeeds } from '../../runner/pages/check/infer-needs.ts'
import { type Draft, draftLab } from '../../runner/pages/draft/draft-lab.ts'
import { catalogueOf, type Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { namedPage, pagesOfCatalogue } from './page-files.ts'
import { placePages } from './place-pages.ts'

export interface DraftedPage extends Draft {
  /** Labs that ship, and that the draft needs: their files by path. */
  copies: { id: string; files: Record<string, string> }[]
}

/**
 * A lab drafted from a page, for `lab init ID --from FILE`.
 * @throws LabError (usage) for a page without commands, DefinitionError
 */
export async function draftPage(
  world: World,
  workplace: Workplace,
  config: string | undefined,
  { id, from }: { id: string; from: string },
): Promise<DraftedPage> {
  const catalogue = await catalogueOf(world, config)
  const file = namedPage(world.cwd, workplace, from, await pagesOfCatalogue(workplace, catalogue))
  const { pages, labs } = await placePages(catalogue, [file])
  const [placed] = pages
  if (!placed || placed.page.commands.length === 0)
    throw usageError(`\`${from}\` has no commands`, 'commands are fences of bash, sh, shell or console')
  const { page, needs, env } = placed
  const needed = withNeeds(needs, labs)
  const draft = await draftLab({ id, page, source: `Workshop page "${page.title}"`, needed, needs, env })
  // The labs that ship are not listed in a labs.yaml that is made now: those that the draft needs come along.
  const copies = catalogue.file === null ? await Promise.all(needed.map(copyOf)) : []
  return { ...draft, copies }
}

async function copyOf({ id, folder }: Lab): Promise<DraftedPage['copies'][number]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter(each => each.isFile()).map(each => relative(folder, join(each.parentPath, each.name)))
  const texts = await Promise.all(files.map(async file => [file, await readText(join(folder, file), maxYaml)] as const))
  return { id, files: Object.fromEntries(texts) }
}

import { type Catalogue, loadLabs } from '../../runner/definition/index.ts'
import type { LabPlayer } from '../../runner/engine/options.ts'
import { usageError } from '../../runner/lab-error.ts'
import { checkPages } from '../../runner/pages/check/check-pages.ts'
import { checkedPages } from '../../runner/pages/check/checked-pages.ts'
import { withNeeds } from '../../runner/pages/check/infer-needs.ts'
import { pageLab } from '../../runner/pages/play/page-lab.ts'
import { PagePlayers } from '../../runner/pages/play/page-player.ts'
import { stepKinds } from '../../runner/steps/index.ts'
import { checkId } from '../select-labs.ts'
import type { Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { namedPage, type PageFile, pagesOfCatalogue } from './page-files.ts'
import { placePages } from './place-pages.ts'
import type { SelectedWithPages } from './select-with-pages.ts'

interface Asked {
  update: boolean
  isolate: boolean
  /** Labs by id. */
  ids: readonly string[]
  named: readonly string[]
  all: boolean
}

/** Reads the pages asked for, and the labs that they need. @throws LabError (usage), DefinitionError */
export async function loadPages(
  world: World,
  workplace: Workplace,
  catalogue: Catalogue,
  { ids, named, all, update, isolate }: Asked,
): Promise<SelectedWithPages> {
  if (all && ids.length + named.length > 0)
    throw usageError(`\`--all\` and \`${[...ids, ...named].join(' ')}\` together`, 'one or the other')
  if (isolate) throw usageError('`--isolate` with pages', 'a page writes the names of what it makes itself')
  for (const id of ids) checkId(id, catalogue)
  const known = await pagesOfCatalogue(workplace, catalogue)
  const files = all ? known : unique(named.map(arg => namedPage(world.cwd, workplace, arg, known)))
  const { pages, labs: every } = await placePages(catalogue, files)
  if (pages.every(({ page }) => page.commands.length === 0) && !all && ids.length === 0)
    throw usageError(
      `nothing is selected: ${named.length === 1 ? `\`${named[0]}\` has` : 'these pages have'} no commands`,
      'commands are fences of bash, sh, shell or console',
    )
  const labIds = all ? catalogue.labs : [...new Set(ids)]
  const needed = pages.flatMap(({ needs }) => needs)
  const labs = await loadLabs(catalogue, [...new Set([...labIds, ...needed])], stepKinds, { env: world.env })
  const checked = await checkedPages(pages.map(each => ({ ...each, needed: withNeeds(each.needs, every) })))
  const players = new PagePlayers({ findings: checkPages(checked).findings, update, labFolder: workplace.labFolder })
  return {
    selected: {
      labs: [...labs, ...pages.map(({ page, id, needs }) => pageLab(page, id, needs))],
      asked: [...labIds, ...pages.map(({ id }) => id)],
    },
    players: new Map(pages.map((each): [string, LabPlayer] => [each.id, players.player(each)])),
    closePages: () => players.close(),
  }
}

const unique = (files: readonly PageFile[]): PageFile[] => [...new Map(files.map(each => [each.file, each])).values()]

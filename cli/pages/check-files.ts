import { basename } from 'node:path'
import type { Catalogue, Lab } from '../../runner/definition/index.ts'
import { checkPages, type PagesChecked } from '../../runner/pages/check/check-pages.ts'
import { checkedPages } from '../../runner/pages/check/checked-pages.ts'
import { withNeeds } from '../../runner/pages/check/infer-needs.ts'
import type { Page } from '../../runner/pages/index.ts'
import type { Workplace } from '../workplace.ts'
import { namedPage, pagesOfCatalogue } from './page-files.ts'
import { placePages } from './place-pages.ts'

/**
 * What `lab check` finds in pages, in the order in which they are run. No page is named: those of labs.yaml.
 * @throws LabError (usage), DefinitionError
 */
export async function checkPageFiles(
  cwd: string,
  workplace: Workplace,
  catalogue: Catalogue,
  named: readonly string[],
): Promise<PagesChecked & { ids: string[] }> {
  const known = await pagesOfCatalogue(workplace, catalogue)
  const files = named.length === 0 ? known : named.map(arg => namedPage(cwd, workplace, arg, known))
  if (files.length === 0) return { findings: [], suppressed: 0, ids: [] }
  const { pages, labs } = await placePages(catalogue, files)
  const beside = new Map(
    pages.flatMap(({ page }): [Page, Lab[]][] => {
      const lab = labBeside(page, labs)
      return lab ? [[page, withNeeds([lab.id], labs)]] : []
    }),
  )
  const checked = await checkedPages(
    pages.map(each => ({ ...each, needed: withNeeds(each.needs, labs) })),
    beside,
  )
  return { ...checkPages(checked), ids: pages.map(({ id }) => id) }
}

/** The lab whose folder the page is in, or whose `source:` names it. */
const labBeside = ({ file }: Page, labs: readonly Lab[]): Lab | undefined =>
  labs.find(({ folder }) => file.startsWith(`${folder}/`)) ??
  labs.find(({ source }) => source?.includes(basename(file)))

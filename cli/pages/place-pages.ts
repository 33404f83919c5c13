import { type Catalogue, didYouMean, type Lab } from '../../runner/definition/index.ts'
import { readText } from '../../runner/definition/read-text.ts'
import { usageError } from '../../runner/lab-error.ts'
import { inferNeeds } from '../../runner/pages/check/infer-needs.ts'
import { type Page, readPage } from '../../runner/pages/index.ts'
import { wholeCatalogue } from '../whole-catalogue.ts'
import type { PageFile } from './page-files.ts'

/** A page with what comes before it. */
export interface PlacedPage extends PageFile {
  page: Page
  needs: readonly string[]
  env: Readonly<Record<string, string>>
  /** true: neither the page nor labs.yaml says what it needs, and what it uses tells. */
  inferred: boolean
}

export interface PlacedPages {
  pages: PlacedPage[]
  /** Every lab of the catalogue that can be read. */
  labs: readonly Lab[]
}

/** Bytes of a page at most. */
const maxPage = 4 * 1024 * 1024

/** Reads pages, and finds which labs they need. @throws LabError (usage) for a lab that there is not, DefinitionError */
export async function placePages(catalogue: Catalogue, files: readonly PageFile[]): Promise<PlacedPages> {
  const read = await Promise.all(
    files.map(async found => {
      const page = readPage(found.file, await readText(found.file, maxPage, found.id))
      const { entry } = found
      return { ...found, page, needs: page.needs ?? entry?.needs ?? null, env: { ...entry?.env, ...page.env } }
    }),
  )
  for (const { id, needs } of read)
    for (const need of needs ?? [])
      if (!catalogue.labs.includes(need))
        throw usageError(
          `\`${id}\` needs \`${need}\`, which is no lab`,
          didYouMean(need, catalogue.labs, 'the labs are'),
        )
  const labs = await wholeCatalogue(catalogue, [], () => undefined)
  const needs = await inferNeeds(read, labs)
  return {
    labs,
    pages: read.map(each => ({
      ...each,
      inferred: each.needs === null,
      needs: needs.get(each.page) ?? [],
    })),
  }
}

import { DefinitionError } from '../../runner/definition/definition-error.ts'
import { type Catalogue, didYouMean, type Lab } from '../../runner/definition/index.ts'
import { readText } from '../../runner/definition/read-text.ts'
import { positionsIn } from '../../runner/definition/text-position.ts'
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
  for (const { id, page, needs } of read)
    for (const need of needs ?? [])
      if (!catalogue.labs.includes(need)) throw unknownNeed(id, page, need, catalogue.labs)
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

/** In the front matter at its place; what labs.yaml says of a page has none here. */
function unknownNeed(id: string, page: Page, need: string, labs: readonly string[]): Error {
  const hint = didYouMean(need, labs, 'the labs are')
  if (page.needs === null) return usageError(`\`${id}\` needs \`${need}\`, which is no lab`, hint)
  const offset = page.source.indexOf(need, page.source.search(/^needs[ \t]*:/m) + 'needs'.length)
  const place = { file: page.file, ...positionsIn(page.source)(Math.max(0, offset)) }
  return new DefinitionError([{ place, message: `there is no lab \`${need}\` to need`, hint, rule: 'unknown-need' }])
}

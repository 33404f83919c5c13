import type { Lab } from '../../definition/index.ts'
import type { Page } from '../parse/page.ts'
import { thingsOfLab, variablesOfLab } from '../reading/lab-things.ts'
import { readTrace } from '../reading/read-trace.ts'
import type { Thing, ThingUse } from '../reading/thing.ts'
import { type Things, thingsOf, unmade } from '../reading/things.ts'
import type { Trace } from '../reading/trace.ts'

/** A page with what its reader has before he begins. */
export interface PageWithNeeds {
  page: Page
  /** All labs that come before it. */
  needed: readonly Lab[]
  env: Readonly<Record<string, string>>
}

/** Pages in the order of their run, read: the subject of the rules for pages. */
export interface CheckedPages {
  pages: readonly Page[]
  trace: Trace
  things: Things
  /** Made by the labs before. */
  given: readonly Thing[]
  /** Named by a page, and made by nobody. */
  unmade: readonly ThingUse[]
  /** The lab that stands beside a page, with those that it needs. */
  beside: ReadonlyMap<Page, readonly Lab[]>
}

/** Reads pages for the rules, and for a run's hints. */
export async function checkedPages(
  pages: readonly PageWithNeeds[],
  beside: CheckedPages['beside'] = new Map(),
): Promise<CheckedPages> {
  const trace = readTrace(
    pages.map(({ page, needed, env }) => ({
      page,
      env: { ...Object.assign({}, ...needed.map(variablesOfLab)), ...env },
    })),
  )
  const things = await thingsOf(trace)
  const given = pages.flatMap(({ needed }) => needed.flatMap(thingsOfLab))
  const read = pages.map(({ page }) => page)
  return { pages: read, trace, things, given, unmade: unmade(things, given, read), beside }
}

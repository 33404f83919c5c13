import type { Lab } from '../../definition/index.ts'
import type { Page } from '../parse/page.ts'
import { thingsOfLab, variablesOfLab } from '../reading/lab-things.ts'
import { keyOf } from '../reading/thing.ts'
import { checkedPages } from './checked-pages.ts'

export interface PageToPlace {
  page: Page
  /** null: not said. */
  needs: readonly string[] | null
  env: Readonly<Record<string, string>>
}

/** All that a lab needs, directly and further on, and the lab itself, what is needed first. */
export function withNeeds(ids: readonly string[], labs: readonly Lab[]): Lab[] {
  const found: Lab[] = []
  const visit = (id: string): void => {
    const lab = labs.find(each => each.id === id)
    if (!lab || found.includes(lab)) return
    for (const need of lab.needs) visit(need)
    if (!found.includes(lab)) found.push(lab)
  }
  for (const id of ids) visit(id)
  return found
}

/**
 * The labs that each page needs: those that it names, or, where it says nothing, the first labs of the catalogue that give it what it uses and
 * no page sets or makes. A lab that makes something which a page makes as well is not taken.
 */
export async function inferNeeds(
  pages: readonly PageToPlace[],
  labs: readonly Lab[],
): Promise<Map<Page, readonly string[]>> {
  const read = await checkedPages(
    pages.map(({ page, needs, env }) => ({ page, env, needed: withNeeds(needs ?? [], labs) })),
  )
  const made = new Set(read.things.made.map(keyOf))
  const free = labs.filter(
    lab => !withNeeds([lab.id], labs).some(each => thingsOfLab(each).some(thing => made.has(keyOf(thing)))),
  )
  const giver = new Map<string, string>()
  for (const lab of [...free].reverse()) {
    for (const thing of thingsOfLab(lab)) giver.set(keyOf(thing), lab.id)
    for (const name of Object.keys(variablesOfLab(lab))) giver.set(`$${name}`, lab.id)
  }
  return new Map(
    pages.map(({ page, needs }) => {
      const wanted = [
        ...read.trace.uses.filter(use => use.value === null && use.place.file === page.file).map(use => `$${use.name}`),
        ...read.unmade.filter(use => use.place.file === page.file).map(keyOf),
      ]
      return [page, needs ?? [...new Set(wanted.flatMap(each => giver.get(each) ?? []))]]
    }),
  )
}

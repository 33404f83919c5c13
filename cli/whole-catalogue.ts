import type { Catalogue, Lab } from '../runner/definition/index.ts'
import { DefinitionError, loadLabs } from '../runner/definition/index.ts'
import { stepKinds } from '../runner/steps/index.ts'

/** A lab that nobody asked for and that is broken does not keep the others from being verified; that is said. */
export async function wholeCatalogue(
  catalogue: Catalogue,
  labs: readonly Lab[],
  note: (text: string) => void,
): Promise<readonly Lab[]> {
  const found = new Map(labs.map(lab => [lab.id, lab]))
  for (const id of catalogue.labs) {
    if (found.has(id)) continue
    try {
      for (const lab of await loadLabs(catalogue, [id], stepKinds)) if (!found.has(lab.id)) found.set(lab.id, lab)
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error
      note(`${id} is not taken into account, its definition has errors: lab check`)
    }
  }
  return [...found.values()]
}

import type { Catalogue, Lab } from '../../runner/definition/index.ts'
import { DefinitionError, loadLabs } from '../../runner/definition/index.ts'
import { verifyLabs } from '../../runner/engine/verify-labs.ts'
import { stepKinds } from '../../runner/steps/index.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { fromWorld } from '../engine-options.ts'
import { finishReport } from '../finish-report.ts'
import { interruptible } from '../interrupt.ts'
import { openChosen } from '../open-target.ts'
import { selectLabs } from '../select-labs.ts'
import { showFor } from '../show/index.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import { checkReportKinds } from '../write-reports.ts'

/** `lab verify`: check outcomes and state, create and change nothing. */
export const verify: Command = async (world, args, options) => {
  checkReportKinds(options.report)
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const { labs, asked } = await selectLabs(world, catalogue, args, options.all)
  const outside = fromWorld(world, workplace)
  const show = await showFor(world, options, labs)
  return interruptible(world, async signal => {
    const { target, close } = await openChosen(world, workplace, catalogue, chosen, labs)
    try {
      const all = await wholeCatalogue(catalogue, labs, text => show.emit({ type: 'note', text }))
      const selection = { labs, asked, all, overrides: options.var }
      const report = await verifyLabs({ ...outside, ...selection, target, catalogue, signal, emit: show.emit })
      return await finishReport(world, options, { show, report, asked, labFolder: workplace.labFolder })
    } finally {
      await show.finish()
      await close()
    }
  })
}

/** A lab that nobody asked for and that is broken does not keep the others from being verified; that is said. */
async function wholeCatalogue(
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

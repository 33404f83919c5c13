import type { Target } from '../../runner/aws/target.ts'
import type { Catalogue, Lab } from '../../runner/definition/index.ts'
import { DefinitionError, loadLabs } from '../../runner/definition/index.ts'
import type { Emit } from '../../runner/engine/events.ts'
import { verifyLabs } from '../../runner/engine/verify-labs.ts'
import { stepKinds } from '../../runner/steps/index.ts'
import { begunLabs } from '../begun-labs.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { fromWorld } from '../engine-options.ts'
import { finishReport } from '../finish-report.ts'
import { interruptible } from '../interrupt.ts'
import { openChosen } from '../open-target.ts'
import { type Selected, selectLabs } from '../select-labs.ts'
import { showFor } from '../show/index.ts'
import { catalogueOf, findWorkplace, type Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { checkReportKinds } from '../write-reports.ts'

/** `lab verify`: check outcomes and state, create and change nothing. */
export const verify: Command = async (world, args, options) => {
  checkReportKinds(options.report)
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const selected = await selectLabs(world, catalogue, args, options.all)
  const outside = fromWorld(world, workplace)
  const show = await showFor(world, options, selected.labs)
  return interruptible(world, async signal => {
    const { target, close } = await openChosen(world, workplace, catalogue, chosen, selected.labs)
    try {
      const { labs, asked } = options.all
        ? await ofThisFolder(world, workplace, catalogue, target, selected, show.emit)
        : selected
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

/** `--all` in a folder that has runs: the labs they have begun. The others are named, and not held against anybody. */
async function ofThisFolder(
  world: World,
  { labFolder }: Workplace,
  catalogue: Catalogue,
  target: Target,
  selected: Selected,
  emit: Emit,
): Promise<Selected> {
  const begun = await begunLabs(labFolder, target, selected.asked)
  const others = selected.asked.filter(id => !begun.includes(id))
  if (others.length === 0) return selected
  emit({ type: 'note', text: `not verified, no run of this folder has begun them: ${others.join(', ')}` })
  return selectLabs(world, catalogue, begun, false)
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

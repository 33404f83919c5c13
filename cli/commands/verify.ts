import type { Target } from '../../runner/aws/target.ts'
import type { Catalogue } from '../../runner/definition/index.ts'
import type { Emit } from '../../runner/engine/events.ts'
import { verifyLabs } from '../../runner/engine/verify-labs.ts'
import { usageError } from '../../runner/lab-error.ts'
import { begunLabs } from '../begun-labs.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { fromWorld } from '../engine-options.ts'
import { finishReport } from '../finish-report.ts'
import { interruptible } from '../interrupt.ts'
import { openChosen } from '../open-target.ts'
import type { Options } from '../options.ts'
import { checkReportFiles } from '../report-files.ts'
import { recordsFromNow } from '../sandbox-records.ts'
import { type Selected, selectLabs } from '../select-labs.ts'
import { whichShard } from '../shards/which-shard.ts'
import { showFor } from '../show/index.ts'
import { notesAfterFirstLine } from '../show/notes-after-first-line.ts'
import { wholeCatalogue } from '../whole-catalogue.ts'
import { catalogueOf, findWorkplace, type Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { checkReportKinds } from '../write-reports.ts'

/** `lab verify`: check outcomes and state, create and change nothing. */
export const verify: Command = async (world, args, options) => {
  if (options.roster !== undefined)
    return (await import('../grading/verify-class.ts')).verifyClass(world, args, options)
  refuseWithoutRoster(options)
  const shard = whichShard(world, options.shard, options.out)
  if (shard)
    return (await import('../shards/labs-shard.ts')).labsShard(world, args, options, {
      shard,
      command: 'verify',
      one: verify,
    })
  checkReportKinds(options.report)
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const selected = await selectLabs(world, catalogue, args, options.all)
  const outside = fromWorld(world, workplace)
  checkReportFiles(world.cwd, options.report)
  const show = await showFor(world, options, selected.labs)
  const recordsOf = chosen.name === 'sandbox' ? { recordsOf: recordsFromNow(workplace.sandboxFolder) } : {}
  const notes = notesAfterFirstLine(show.emit)
  return interruptible(world, async signal => {
    const { target, close } = await openChosen(world, workplace, catalogue, chosen, selected.labs)
    try {
      const { labs, asked } = options.all
        ? await ofThisFolder(world, workplace, catalogue, target, selected, notes.emit)
        : selected
      const all = await wholeCatalogue(catalogue, labs, text => notes.emit({ type: 'note', text }))
      const { parallel } = options
      const selection = { ...recordsOf, labs, asked, all, parallel, overrides: options.var }
      const report = await verifyLabs({ ...outside, ...selection, target, catalogue, signal, emit: notes.emit })
      return await finishReport(world, options, { show, report, asked, labFolder: workplace.labFolder })
    } finally {
      notes.flush()
      await show.finish()
      await close()
    }
  })
}

/** Flags that say nothing of one account alone. */
function refuseWithoutRoster(options: Options): void {
  const { answers, student, gradebook, assumeRole, timeout, failUnder, feedback, assignment, rerunFailed } = options
  const given = {
    ...{ '--answers': answers, '--assume-role': assumeRole, '--timeout': timeout, '--fail-under': failUnder },
    ...{ '--feedback': feedback, '--assignment': assignment, '--rerun-failed': rerunFailed || undefined },
    ...{ '--student': student[0], '--gradebook': gradebook[0] },
  }
  for (const [flag, value] of Object.entries(given))
    if (value !== undefined)
      throw usageError(`\`${flag}\` without \`--roster\``, 'say who is graded: --roster class.csv')
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

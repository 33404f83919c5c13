import { runLabs } from '../../runner/engine/run-labs.ts'
import { ask } from '../ask.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { dependentsIn } from '../dependents.ts'
import { fromWorld } from '../engine-options.ts'
import { finishReport } from '../finish-report.ts'
import { interruptible } from '../interrupt.ts'
import { openChosen } from '../open-target.ts'
import { selectLabs } from '../select-labs.ts'
import { counted } from '../show/count.ts'
import { showFor } from '../show/index.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import { checkReportKinds } from '../write-reports.ts'

/** `lab run`: run the steps, check every outcome. */
export const run: Command = async (world, args, options) => {
  checkReportKinds(options.report)
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const { labs, asked } = await selectLabs(world, catalogue, args, options.all)
  const outside = fromWorld(world, workplace)
  const show = await showFor(world, options, labs)
  const asks = chosen.name === 'aws' && !options.yes && world.stdin.isTTY === true && world.stderr.isTTY === true
  return interruptible(world, async signal => {
    const { target, close } = await openChosen(world, workplace, catalogue, chosen, labs)
    try {
      const { account, region } = target.place
      const report = await runLabs({
        ...outside,
        target,
        catalogue,
        labs,
        asked,
        signal,
        emit: show.emit,
        overrides: options.var,
        until: options.until ?? null,
        failFast: options.failFast,
        teardown: options.teardown,
        isolate: options.isolate,
        parallel: options.parallel,
        dependents: await dependentsIn(catalogue),
        confirm: asks
          ? things => ask(world, `create ${counted(things, 'thing')} in ${account}, ${region}?`, signal)
          : null,
      })
      return await finishReport(world, options, { show, report, asked, labFolder: workplace.labFolder })
    } finally {
      await show.finish()
      await close()
    }
  })
}

import { runLabs } from '../../runner/engine/run-labs.ts'
import { usageError } from '../../runner/lab-error.ts'
import { withAnswers } from '../answers.ts'
import { ask } from '../ask.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { dependentsIn } from '../dependents.ts'
import { fromWorld } from '../engine-options.ts'
import { failedLabs } from '../failed-labs.ts'
import { finishReport } from '../finish-report.ts'
import { interruptible } from '../interrupt.ts'
import { openChosen } from '../open-target.ts'
import type { Options } from '../options.ts'
import { selectWithPages } from '../pages/select-with-pages.ts'
import { rehearseRun } from '../rehearse-run.ts'
import { checkReportFiles } from '../report-files.ts'
import { recordsFromNow } from '../sandbox-records.ts'
import { whichShard } from '../shards/which-shard.ts'
import { counted } from '../show/count.ts'
import { showFor } from '../show/index.ts'
import { paperOf } from '../show/paper.ts'
import { catalogueOf, findWorkplace, type Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { checkReportKinds } from '../write-reports.ts'

/** `lab run`: run the steps, check every outcome. */
export const run: Command = async (world, args, options) => {
  const shard = whichShard(world, options.shard, options.out)
  if (shard)
    return (await import('../shards/labs-shard.ts')).labsShard(world, args, options, {
      shard,
      command: 'run',
      one: run,
    })
  checkReportKinds(options.report)
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const wanted = options.rerunFailed ? await failedOnly(world, workplace, args, options) : args
  if (!options.dryRun) checkReportFiles(world.cwd, options.report)
  const { selected, players, closePages } = await selectWithPages(world, workplace, catalogue, wanted, options)
  const { labs, asked } = await withAnswers(world.cwd, options, selected)
  const outside = fromWorld(world, workplace)
  const asks = chosen.name === 'aws' && !options.yes && world.stdin.isTTY === true && world.stderr.isTTY === true
  const recordsOf = chosen.name === 'sandbox' ? { recordsOf: recordsFromNow(workplace.sandboxFolder) } : {}
  return interruptible(world, async signal => {
    const { target, close } = await openChosen(world, workplace, catalogue, chosen, labs)
    const { account, region } = target.place
    const toRun = {
      ...recordsOf,
      ...outside,
      target,
      catalogue,
      labs,
      asked,
      players,
      signal,
      overrides: options.var,
      until: options.until ?? null,
      failFast: options.failFast,
      teardown: options.teardown,
      isolate: options.isolate,
      parallel: options.parallel,
      dependents: await dependentsIn(catalogue),
      confirm: asks
        ? (things: number) => ask(world, `create ${counted(things, 'thing')} in ${account}, ${region}?`, signal)
        : null,
    }
    try {
      if (options.dryRun) return await rehearseRun(world, options, toRun)
      const show = await showFor(world, options, labs)
      try {
        const report = await runLabs({ ...toRun, emit: show.emit })
        return await finishReport(world, options, { show, report, asked, labFolder: workplace.labFolder })
      } finally {
        await show.finish()
      }
    } finally {
      await closePages()
      await close()
    }
  })
}

/** The labs of --rerun-failed; says of which run they are. */
async function failedOnly(
  world: World,
  { labFolder }: Workplace,
  args: readonly string[],
  options: Options,
): Promise<string[]> {
  if (options.all || args.length > 0)
    throw usageError('`--rerun-failed` with labs named as well', 'one or the other: it takes those of the last run')
  const { runId, labs } = await failedLabs(labFolder)
  paperOf(world, options).line(`again, of run ${runId}: ${labs.join(', ')}`)
  return labs
}

import { pastRuns } from '../../runner/engine/runs.ts'
import { askWhy } from '../../runner/engine/why/ask-why.ts'
import { lastWith, withReports } from '../../runner/engine/why/past-reports.ts'
import { usageError } from '../../runner/lab-error.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { fromWorld } from '../engine-options.ts'
import { interruptible } from '../interrupt.ts'
import { openChosen } from '../open-target.ts'
import { selectLabs } from '../select-labs.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { hintOf } from '../why/change-words.ts'
import { recordedIn } from '../why/recorded.ts'
import { whyLines } from '../why/why-lines.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab why LAB STEP`: which statement decided in the last run, and what would turn it. Reads, and changes nothing. */
export const why: Command = async (world, args, options) => {
  const [lab = '', step = ''] = args
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const { labs } = await selectLabs(world, catalogue, [lab], false)
  if (!labs.some(each => each.id === lab && each.groups.flat().some(({ id }) => id === step)))
    throw usageError(
      `the lab \`${lab}\` has no step \`${step}\``,
      `the steps are: ${labs
        .find(each => each.id === lab)
        ?.groups.flat()
        .map(({ id }) => `\`${id}\``)
        .join(', ')}`,
    )
  const runs = await withReports(await pastRuns(workplace.labFolder))
  const wanted = runs.filter(
    ({ run: { start } }) =>
      (options.run === undefined ? !start.isolated : start.runId === options.run) &&
      (options.target === undefined || start.target === options.target),
  )
  const last = lastWith(wanted, lab, step)
  if (last === null)
    throw usageError(`no run of this folder has an answer of \`${lab}/${step}\``, `run it first: lab run ${lab}`)
  const { target: name, region } = last.run.start
  const chosen = chooseTarget(world, { ...options, target: name, region }, catalogue)
  const outside = fromWorld(world, workplace)
  return interruptible(world, async signal => {
    const { target, close } = await openChosen(world, workplace, catalogue, chosen, labs)
    try {
      const found = await askWhy({
        ...{ ...outside, target, catalogue, labs, lab, step, signal, emit: () => {} },
        runId: options.run ?? null,
        overrides: options.var,
        recorded: name === 'sandbox' ? recordedIn(workplace.sandboxFolder) : async () => null,
      })
      if (options.json) {
        const { change, ...rest } = found
        const hint = change && hintOf(change)
        writeJson(world, { schemaVersion: 1, exitCode: 0, ...rest, hint, ...(options.solve ? { change } : {}) })
      } else
        for (const line of whyLines(found, options.solve, paperOf(world, options))) paperOf(world, options).line(line)
      return 0
    } finally {
      await close()
    }
  })
}

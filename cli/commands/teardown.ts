import { teardown as tearDown } from '../../runner/engine/teardown.ts'
import { restoreAwsConfiguration } from '../aws-variables.ts'
import type { Command } from '../command.ts'
import { dependentsIn } from '../dependents.ts'
import { fromWorld } from '../engine-options.ts'
import { interruptible } from '../interrupt.ts'
import { type Opened, openChosen } from '../open-target.ts'
import { checkId } from '../select-labs.ts'
import { counted, countedTypes } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { plainShow } from '../show/plain.ts'
import { indented } from '../show/wrap.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab teardown`: remove what this folder's runs left. */
export const teardown: Command = async (world, args, options) => {
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  for (const id of args) checkId(id, catalogue)
  const paper = paperOf(world, options)
  const show = plainShow(paper, { ...options, steps: new Map() })
  const outside = fromWorld(world, workplace)
  const opened: Opened[] = []
  const environment = { ...world.env }
  const { profile } = options
  return interruptible(world, async signal => {
    try {
      const result = await tearDown({
        ...outside,
        catalogue,
        signal,
        emit: show.emit,
        select: { labs: args.length > 0 ? args : null, run: options.run ?? null },
        dryRun: options.dryRun,
        dependents: await dependentsIn(catalogue),
        open: async ({ target: name, region, endpoint }) => {
          restoreAwsConfiguration(world.env, environment)
          const chosen = { name, region, endpoint: endpoint ?? undefined, profile: profile ?? null }
          const each = await openChosen(world, workplace, catalogue, chosen, [])
          opened.push(each)
          return each.target
        },
      })
      const { removed, leftovers, exitCode } = result
      if (options.json) writeJson(world, { schemaVersion: 1, exitCode, dryRun: options.dryRun, removed, leftovers })
      if (!options.dryRun) paper.line(` ${[`${counted(removed, 'thing')} removed`, leftWords(leftovers)].join(' · ')}`)
      for (const { type, name, runId } of leftovers)
        for (const line of indented(`left: ${type} ${name} (run ${runId})`, '   ', paper.width)) paper.line(line)
      return exitCode
    } finally {
      for (const { close } of opened) await close()
    }
  })
}

const leftWords = (leftovers: readonly { type: string }[]): string =>
  leftovers.length === 0 ? 'nothing left' : `left behind: ${countedTypes(leftovers)}`

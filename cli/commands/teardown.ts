import { teardown as tearDown } from '../../runner/engine/teardown.ts'
import { usageError } from '../../runner/lab-error.ts'
import { restoreAwsConfiguration } from '../aws-variables.ts'
import type { Command } from '../command.ts'
import { dependentsIn } from '../dependents.ts'
import { fromWorld } from '../engine-options.ts'
import { interruptible } from '../interrupt.ts'
import { type Opened, openChosen } from '../open-target.ts'
import type { Options } from '../options.ts'
import { isPage } from '../pages/is-page.ts'
import { removeOrphans } from '../remove-orphans.ts'
import { checkEndpoints } from '../same-endpoints.ts'
import { checkId } from '../select-labs.ts'
import { hearCalls } from '../show/kept-calls.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { plainShow } from '../show/plain.ts'
import { removalLines } from '../show/removal.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab teardown`: remove what this folder's runs left; with --orphans, what other folders' lost runs did. */
export const teardown: Command = async (world, args, options) => {
  checkFlags(options, args)
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  if (options.orphans) return removeOrphans(world, options, workplace, catalogue)
  for (const id of args) if (!isPage(id)) checkId(id, catalogue)
  const paper = paperOf(world, options)
  const { calls, emit } = hearCalls(plainShow(paper, { ...options, steps: new Map() }).emit)
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
        emit,
        select: { labs: args.length > 0 ? args : null, run: options.run ?? null },
        dryRun: options.dryRun,
        parallel: options.parallel,
        dependents: await dependentsIn(catalogue),
        open: async (start, others) => {
          const { target: name, region, endpoint } = start
          restoreAwsConfiguration(world.env, environment)
          await checkEndpoints(start)
          const chosen = { name, region, endpoint: endpoint ?? undefined, profile: profile ?? null }
          const each = await openChosen(world, workplace, catalogue, chosen, others.length > 0 ? null : [])
          opened.push(each)
          return each.target
        },
      })
      const { removed, leftovers, exitCode } = result
      const { dryRun } = options
      if (options.json)
        writeJson(world, { schemaVersion: 1, exitCode, dryRun, removed, leftovers, ...(dryRun ? { calls } : {}) })
      if (!dryRun) for (const line of removalLines(removed, leftovers, paper.width)) paper.line(line)
      return exitCode
    } finally {
      for (const { close } of opened) await close()
    }
  })
}

/** A teardown goes where its run was; only a search for orphans is told where. */
function checkFlags(options: Options, args: readonly string[]): void {
  if (options.orphans && (args.length > 0 || options.run !== undefined))
    throw usageError(
      '`--orphans` with a lab or a run',
      'orphans are what no journal here has open: of no lab, of no run',
    )
  if (options.orphans) return
  const only = [
    ['--older-than', options.olderThan],
    ['--target', options.target],
    ['--region', options.region],
    ['--endpoint-url', options.endpointUrl],
  ].find(([, value]) => value !== undefined)
  if (only) throw usageError(`\`${only[0]}\` without \`--orphans\``, 'a teardown goes where its runs were')
}

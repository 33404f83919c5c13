import { pastRuns } from '../../runner/engine/runs.ts'
import { leftOf } from '../../runner/engine/teardown.ts'
import type { Command } from '../command.ts'
import { countedTypes } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { indented } from '../show/wrap.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab status`: every run with something left, and what is left. Reads the journals alone, asks no account. */
export const status: Command = async (world, _args, options) => {
  const { labFolder } = findWorkplace(world, options.config)
  const runs = (await pastRuns(labFolder)).flatMap(run => {
    const { runId, target, accountId, region, endpoint, startedAt } = run.start
    const leftovers = leftOf(run)
    return leftovers.length > 0 ? [{ runId, target, accountId, region, endpoint, startedAt, leftovers }] : []
  })
  if (options.json) {
    writeJson(world, { schemaVersion: 1, exitCode: 0, runs })
    return 0
  }
  const { line, width, colours } = paperOf(world, options)
  if (runs.length === 0) line('nothing is left of any run')
  for (const { runId, target, accountId, region, startedAt, leftovers } of runs) {
    const where = `run ${runId} · ${target} · account ${accountId} · ${region} · ${startedAt.slice(0, 16).replace('T', ' ')}`
    for (const each of indented(`${where} · ${countedTypes(leftovers)}`, '', width)) line(colours.strong(each))
    const typeWidth = Math.max(...leftovers.map(({ type }) => type.length)) + 2
    for (const { type, name } of leftovers) line(`  ${type.padEnd(typeWidth)}${name}`)
  }
  if (runs.length > 0) line('Next: lab teardown')
  return 0
}

import type { Command } from '../command.ts'
import { readHistory } from '../history/history-folder.ts'
import { trendOf } from '../history/trend.ts'
import { trendLines } from '../history/trend-lines.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab history`: what the runs and verifies of this folder say together. Reads what was kept, asks no account. */
export const history: Command = async (world, _args, options) => {
  const { labFolder } = findWorkplace(world, options.config)
  const entries = (await readHistory(labFolder)).filter(
    ({ target }) => options.target === undefined || options.target === target,
  )
  const trend = trendOf(entries)
  if (options.json) {
    const runs = entries.map(({ labs, ...head }) => ({ ...head, labs: labs.map(({ id, status }) => ({ id, status })) }))
    writeJson(world, { schemaVersion: 1, exitCode: 0, trend, runs })
    return 0
  }
  const paper = paperOf(world, options)
  for (const text of trendLines(entries, trend, paper)) paper.line(text)
  return 0
}

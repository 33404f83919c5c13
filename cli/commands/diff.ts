import type { Command } from '../command.ts'
import { compareRuns } from '../history/compare.ts'
import { entryNamed, readHistory } from '../history/history-folder.ts'
import { counted } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { labelled } from '../show/wrap.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab diff`: what changed from one run to another. 1 when a decision did; wording and timing are notices. */
export const diff: Command = async (world, [first = '', second = ''], options) => {
  const { labFolder } = findWorkplace(world, options.config)
  const history = await readHistory(labFolder)
  const [before, after] = [entryNamed(history, first), entryNamed(history, second)]
  const changes = compareRuns(before, after)
  const exitCode = changes.some(({ kind }) => kind === 'decision') ? 1 : 0
  if (options.json) {
    writeJson(world, { schemaVersion: 1, exitCode, before: before.runId, after: after.runId, changes })
    return exitCode
  }
  const { line, width, colours } = paperOf(world, options)
  for (const { kind, lab, step, before: was, after: is } of changes) {
    const paint = kind === 'decision' ? colours.bad : colours.strong
    line(paint(`${kind.padEnd(9)} ${step === null ? lab : `${lab}/${step}`}`))
    if (was !== '') for (const text of labelled('was  ', was, '  ', width)) line(text)
    if (is !== '') for (const text of labelled('is   ', is, '  ', width)) line(text)
  }
  const of = (kind: string) => changes.filter(change => change.kind === kind).length
  const kinds = (['decision', 'wording', 'timing', 'added', 'removed'] as const).filter(kind => of(kind) > 0)
  line(
    kinds.length === 0
      ? `nothing changed from ${first} to ${second}`
      : `${counted(changes.length, 'change')}: ${kinds.map(kind => `${of(kind)} ${kind}`).join(', ')}`,
  )
  return exitCode
}

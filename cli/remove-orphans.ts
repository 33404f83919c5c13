import type { Catalogue } from '../runner/definition/index.ts'
import { type Orphan, sweepOrphans } from '../runner/engine/orphans.ts'
import { usageError } from '../runner/lab-error.ts'
import { ask } from './ask.ts'
import { chooseTarget } from './choose-target.ts'
import { fromWorld } from './engine-options.ts'
import { interruptible } from './interrupt.ts'
import { openForOrphans } from './open-for-orphans.ts'
import type { Options } from './options.ts'
import { counted } from './show/count.ts'
import { hearCalls } from './show/kept-calls.ts'
import { type Paper, paperOf, writeJson } from './show/paper.ts'
import { plainShow } from './show/plain.ts'
import { removalLines } from './show/removal.ts'
import { indented } from './show/wrap.ts'
import type { Workplace } from './workplace.ts'
import type { World } from './world.ts'

const aDay = 24 * 3_600_000

/**
 * `lab teardown --orphans`: shows what carries our tags and is open in no journal here, and removes it when a person agrees, or --yes says so.
 * @throws LabError (usage) without a terminal and without --yes, once it has shown what it found
 */
export async function removeOrphans(
  world: World,
  options: Options,
  workplace: Workplace,
  catalogue: Catalogue,
): Promise<number> {
  const { dryRun, olderThan = aDay } = options
  const chosen = chooseTarget(world, options, catalogue)
  const outside = fromWorld(world, workplace)
  const paper = paperOf(world, options)
  const { calls, emit } = hearCalls(plainShow(paper, { ...options, steps: new Map() }).emit)
  return interruptible(world, async signal => {
    const { target, close } = await openForOrphans(world, workplace, catalogue, chosen, emit)
    try {
      const { searched, found, removed, leftovers, exitCode } = await sweepOrphans({
        ...outside,
        target,
        catalogue,
        signal,
        emit,
        olderThan,
        dryRun,
        confirm: async orphans => {
          showFound(paper, orphans)
          return dryRun || options.yes || (await agreed(world, orphans.length, signal))
        },
      })
      const listed = found.map(({ resource: { type, name, arn }, account, runId, lab, createdAt }) => ({
        ...{ type, name, arn, account, runId, lab },
        createdAt: createdAt === null ? null : new Date(createdAt).toISOString(),
      }))
      if (options.json)
        writeJson(world, {
          ...{ schemaVersion: 1, exitCode, dryRun, searched, found: listed, removed, leftovers },
          ...(dryRun ? { calls } : {}),
        })
      if (found.length === 0) paper.line(` no orphans older than ${hours(olderThan)} in ${placesOf(searched)}`)
      else if (!dryRun && removed + leftovers.length === 0) paper.line(' nothing was removed')
      else if (!dryRun) for (const line of removalLines(removed, leftovers, paper.width)) paper.line(line)
      return exitCode
    } finally {
      await close()
    }
  })
}

function showFound(paper: Paper, orphans: readonly Orphan[]): void {
  paper.line(` ${counted(orphans.length, 'thing')} with our tags, open in no journal here:`)
  for (const { resource, account, runId, lab, createdAt } of orphans) {
    const made = createdAt === null ? '' : `, made ${new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ')}`
    const text = `${resource.type} ${resource.name} (${lab}, run ${runId}${made}) in account ${account}`
    for (const line of indented(text, '   ', paper.width)) paper.line(line)
  }
}

const placesOf = (accounts: readonly string[]): string =>
  `${accounts.length === 1 ? 'account' : 'the accounts'} ${accounts.join(', ')}`

async function agreed(world: World, things: number, signal: AbortSignal): Promise<boolean> {
  if (world.stdin.isTTY !== true || world.stderr.isTTY !== true)
    throw usageError('`--orphans` removes nothing here without `--yes`: there is no terminal to ask on', 'add --yes')
  return ask(world, `remove ${things === 1 ? 'it' : `these ${things}`}?`, signal)
}

const hours = (milliseconds: number): string =>
  milliseconds % aDay === 0 && milliseconds > aDay ? `${milliseconds / aDay} d` : `${milliseconds / 3_600_000} h`

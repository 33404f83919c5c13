import { readFile, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Report } from '../../assertions/index.ts'
import { answersOf } from '../../runner/grading/answer-name.ts'
import { digestOf } from '../../runner/grading/grading-folder.ts'
import { digestOfLabs } from '../../runner/grading/what-judges.ts'
import { usageError } from '../../runner/lab-error.ts'
import { codeOfParts } from '../../runner/shards/code-of-parts.ts'
import { divide, type Piece } from '../../runner/shards/divide.ts'
import { earlierDurations } from '../../runner/shards/earlier-rounds.ts'
import { mergeRuns } from '../../runner/shards/merge-runs.ts'
import { openShardFolder } from '../../runner/shards/shard-folder.ts'
import { type ShardPlan, settlePlan } from '../../runner/shards/shard-plan.ts'
import { withAnswers } from '../answers.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import type { Options } from '../options.ts'
import { isPage } from '../pages/is-page.ts'
import { selectWithPages } from '../pages/select-with-pages.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { shownPath } from '../show/problems.ts'
import { wholeCatalogue } from '../whole-catalogue.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { readReport, reportFile } from './lab-results.ts'
import { labDurations, tookOf } from './past-durations.ts'
import { type ChosenShard, takenWhole } from './which-shard.ts'

/**
 * `lab run` and `lab verify` of one part of the labs, each by itself: its report is on the disk before the next begins, so that a shard that is
 * started again goes on.
 *
 * @param one the command, given a single lab
 */
export async function labsShard(
  world: World,
  args: readonly string[],
  options: Options,
  { shard, command, one }: { shard: ChosenShard; command: ShardPlan['command']; one: Command },
): Promise<number> {
  refuse(options)
  const workplace = findWorkplace(world, options.config)
  const out = resolve(world.cwd, options.out ?? join(workplace.labFolder, 'shards'))
  const { plan: divided, answered } = await planOf(world, args, options, { command, out, count: shard.count })
  const plan = await settlePlan(out, divided)
  const never = new AbortController()
  const folder = await openShardFolder(out, plan, shard, never.signal)
  const paper = paperOf(world, options)
  const quiet = { ...world, stdout: options.json ? world.stderr : world.stdout }
  try {
    const of = `shard ${shard.index} of ${shard.count}, by ${shard.from}`
    paper.line(`${of}: ${folder.names.length === 0 ? 'nothing to do' : folder.names.join(', ')}`)
    const reports: Report[] = []
    for (const name of folder.names) {
      const file = reportFile(folder.path, name)
      const kept = await readReport(file)
      if (kept && (kept.exitCode === 0 || kept.exitCode === 1)) {
        paper.line(`  ${name} has its result already`)
        reports.push(kept)
        continue
      }
      const report = [{ kind: 'json', path: `${file}.new` }]
      // By itself: no part of anything.
      const { out: _out, answers, ...own } = options
      // In one of the labs alone there may be nothing to answer.
      const its = answers !== undefined && answered.has(name) ? { answers } : {}
      const exitCode = await one(quiet, [name], { ...own, ...its, all: false, json: false, shard: '1/1', report })
      const made = await readReport(`${file}.new`)
      if (made === null || exitCode === 130) return exitCode
      await rename(`${file}.new`, file)
      reports.push(made)
    }
    await folder.end(new Map(folder.names.map((name, at) => [name, tookOf(reports[at])])))
    paper.line(`Next, when all ${shard.count} are done: lab merge ${shownPath(out, world.cwd)}`)
    const exitCode = codeOfParts(reports, plan.asked.length === folder.names.length)
    if (options.json)
      writeJson(world, { ...(reports.length === 0 ? { schemaVersion: 1, labs: [] } : mergeRuns(reports)), exitCode })
    return exitCode
  } finally {
    await folder.close()
  }
}

function refuse({ report, rerunFailed, until, dryRun, failFast }: Options): void {
  const given = {
    ...{ '--report': report[0], '--until': until },
    ...{ '--rerun-failed': rerunFailed || undefined, '--dry-run': dryRun || undefined },
    '--fail-fast': failFast || undefined,
  }
  for (const [flag, value] of Object.entries(given))
    if (value !== undefined)
      throw usageError(`\`${flag}\` with a shard`, flag === '--report' ? 'give it to lab merge' : takenWhole)
}

async function planOf(
  world: World,
  args: readonly string[],
  options: Options,
  { command, out, count }: { command: ShardPlan['command']; out: string; count: number },
): Promise<{ plan: ShardPlan; answered: ReadonlySet<string> }> {
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  if (options.all && catalogue.pages.length > 0)
    throw usageError('a shard of `--all` where labs.yaml has `pages`', 'name the labs and the pages')
  const workplace = findWorkplace(world, options.config)
  const pages = args.filter(isPage)
  const { selected, players, closePages } = await selectWithPages(world, workplace, catalogue, args, options)
  await closePages()
  const { labs, asked } = await withAnswers(world.cwd, options, selected)
  // What is to be rewritten is another text when the part is started again.
  const pageFiles = options.update ? [] : labs.flatMap(({ id, file }) => (players.has(id) ? [file] : []))
  const all = command === 'verify' ? await wholeCatalogue(catalogue, labs, () => undefined) : []
  const work = { command, of: 'labs' } as const
  const here = await labDurations(workplace.labFolder, command)
  const taken = new Map([...here, ...(await earlierDurations(out, work))])
  const needsOf = (id: string): string[] => {
    const needs = labs.find(lab => lab.id === id)?.needs ?? []
    return [...new Set(needs.flatMap(need => [...needsOf(need), need]))]
  }
  const pieces: Piece[] = [
    ...labs.flatMap(({ id }) =>
      asked.includes(id) && !players.has(id) ? [{ name: id, weight: taken.get(id) ?? null, needs: needsOf(id) }] : [],
    ),
    ...[...new Set(pages)].map(name => ({ name, weight: taken.get(name) ?? null })),
  ]
  const plan: ShardPlan = {
    ...{ schemaVersion: 1, ...work, asked: pieces.map(({ name }) => name), bad: [] },
    question: {
      labs: digestOf([
        digestOfLabs({ labs, all, catalogue }),
        await Promise.all(pageFiles.map(file => readFile(file, 'utf8'))),
      ]),
      options: digestOf([
        ...[pages, chosen.name, chosen.region, options.var],
        ...[options.answers !== undefined, options.isolate, options.teardown],
      ]),
      version: world.version,
    },
    order: pieces.map(({ name }) => name),
    shards: divide(pieces, count),
  }
  return { plan, answered: new Set(labs.flatMap(lab => (answersOf(lab).length > 0 ? [lab.id] : []))) }
}

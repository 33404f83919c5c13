import { join } from 'node:path'
import { digestOf, type GradingFolder } from '../../runner/grading/grading-folder.ts'
import type { Roster } from '../../runner/grading/read-roster.ts'
import { ResultsFile } from '../../runner/grading/results-file.ts'
import { usageError } from '../../runner/lab-error.ts'
import { divide } from '../../runner/shards/divide.ts'
import { earlierDurations } from '../../runner/shards/earlier-rounds.ts'
import { openShardFolder, readShardState, shardName } from '../../runner/shards/shard-folder.ts'
import { planId, settlePlan } from '../../runner/shards/shard-plan.ts'
import type { ChosenTarget } from '../choose-target.ts'
import type { Options } from '../options.ts'
import { studentDurations } from './past-durations.ts'
import { type ChosenShard, takenWhole } from './which-shard.ts'

/** What is written once for a whole class, by `lab merge`: eight processes would each write over the others'. */
export function refuseWithShard(options: Options): void {
  const { feedback, failUnder, gradebook, report, student } = options
  const given = {
    ...{ '--report': report[0], '--gradebook': gradebook[0], '--feedback': feedback, '--fail-under': failUnder },
    '--student': student[0],
  }
  for (const [flag, value] of Object.entries(given))
    if (value !== undefined)
      throw usageError(`\`${flag}\` with a shard`, flag === '--student' ? takenWhole : 'give it to lab merge')
}

export interface ClassWork {
  /** Where all shards have their results. */
  out: string
  labFolder: string
  shard: ChosenShard
  roster: Roster
  /** Digest of the labs. */
  labs: string
  version: string
  asked: readonly string[]
  chosen: ChosenTarget
  signal: AbortSignal
}

/** The part of a class that is this shard's, and the folder of its results. @throws LabError (usage) when the folder is another work's */
export async function classShard(
  options: Options,
  { out, labFolder, shard, roster, labs, version, asked, chosen, signal }: ClassWork,
): Promise<{ folder: GradingFolder; names: ReadonlySet<string> }> {
  if (options.rerunFailed && (await readShardState(join(out, shardName(shard)))) === null)
    throw usageError(`nothing is selected: this part was never graded in \`${out}\``, 'take --rerun-failed out')
  const work = { command: 'verify', of: 'students' } as const
  const taken = new Map([...(await studentDurations(labFolder)), ...(await earlierDurations(out, work))])
  const pieces = roster.students.map(({ student }) => ({ name: student, weight: taken.get(student) ?? null }))
  const plan = await settlePlan(out, {
    ...{ schemaVersion: 1, ...work, asked: [...asked] },
    question: {
      ...{ labs, version },
      roster: digestOf([roster.students.map(({ line: _line, ...row }) => row), roster.bad]),
      options: digestOf([
        ...[chosen.name, chosen.region, options.assumeRole ?? null, options.answers !== undefined, options.var],
      ]),
    },
    order: pieces.map(({ name }) => name),
    shards: divide(pieces, shard.count),
    bad: roster.bad,
  })
  const { path, names, found, end, close } = await openShardFolder(out, plan, shard, signal, options.rerunFailed)
  const results = ResultsFile.open(join(path, 'results.jsonl'), false)
  const id = `${planId(plan).slice(0, 8)}/${shardName(shard)}`
  const closeBoth = async () => {
    results.close()
    await close()
  }
  const taking = (name: string) => {
    const result = results.get(name)
    return result ? [[name, result.durationMs] as const] : []
  }
  const endTelling = () => end(new Map(names.flatMap(taking)))
  return { folder: { id, path, results, found, end: endTelling, close: closeBoth }, names: new Set(names) }
}

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Report } from '../../assertions/index.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { FoundShard } from '../../runner/shards/find-shards.ts'
import type { ShardPlan } from '../../runner/shards/shard-plan.ts'
import { isPage } from '../pages/is-page.ts'

/** Where the report of a lab or a page is. */
export const reportFile = (path: string, name: string): string =>
  join(
    path,
    `${name.replace(/[^\w-]/g, '_').slice(0, 60)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}.json`,
  )

/** null: there is none, or half of one. */
export async function readReport(file: string): Promise<Report | null> {
  try {
    const report = JSON.parse(await readFile(file, 'utf8')) as Report
    return report.schemaVersion === 1 && Array.isArray(report.labs) ? report : null
  } catch {
    return null
  }
}

/**
 * The report of each lab and page, in the order of the division.
 * @throws LabError (usage): a shard has not all of its own, or something that is not its own
 */
export async function labResults(plan: ShardPlan, shards: readonly FoundShard[]): Promise<Report[]> {
  for (const [at, { path }] of shards.entries()) await refuseStrangers(plan, at, path)
  return Promise.all(
    plan.order.map(async name => {
      const at = plan.shards.findIndex(names => names.includes(name))
      const file = reportFile(shards[at]?.path ?? '', name)
      const report = await readReport(file)
      const of = `shard ${at + 1} of ${shards.length}`
      if (report === null)
        throw usageError(`${of} has no result of \`${name}\``, 'the command that started it goes on with it')
      if (isPage(name) || report.labs.some(({ id, setUp }) => id === name && !setUp)) return report
      const others = report.labs.flatMap(({ id, setUp }) => (setUp ? [] : [`\`${id}\``])).join(', ')
      throw usageError(`${of} has a result of ${others || 'nothing'} where that of \`${name}\` belongs: \`${file}\``)
    }),
  )
}

/** What a shard writes of itself beside its results. */
const ownFiles = ['plan.json', 'shard.json', 'merged.json']

async function refuseStrangers({ order, shards }: ShardPlan, at: number, path: string): Promise<void> {
  const nameOf = new Map(order.map(name => [basename(reportFile('', name)), name]))
  const own = new Set(shards[at])
  const of = `shard ${at + 1} of ${shards.length}`
  for (const file of (await readdir(path)).sort()) {
    if (!file.endsWith('.json') || ownFiles.includes(file)) continue
    const name = nameOf.get(file)
    if (name === undefined)
      throw usageError(
        `${of} has a result that is nobody's of this work: \`${join(path, file)}\``,
        'take it out, if it came there by mistake',
      )
    if (!own.has(name)) throw usageError(`${of} has a result of \`${name}\`, which is another shard's`)
  }
}

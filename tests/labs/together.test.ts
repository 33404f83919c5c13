import { expect, test } from 'vitest'
import type { Report } from '../../assertions/index.ts'
import type { EngineEvent } from '../../runner/index.ts'
import { accountOf, openWorkshop } from '../runner/engine/harness.ts'

/** Times and what AWS draws by lot, deep. */
const drawn: Readonly<Record<string, true>> = {
  ...{ startedAt: true, durationMs: true, waitedMs: true, runId: true, requestId: true },
  ...{ Date: true, CreateDate: true, createdAt: true, imagePushedAt: true, Expiration: true, expiresAt: true },
  ...{ RoleId: true, UserId: true, PolicyId: true, AccessKeyId: true, AssumedRoleId: true, uploadId: true },
  ...{ RoleLastUsed: true, lastRecordedPullTime: true, LastUsedDate: true, UpdateDate: true, downloadUrl: true },
}

const settled = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (drawn[key] ? '' : each)).replaceAll(
      /(?<="Key":"accesslab:run","Value":")\w+|accesslab-\w+|(?<=runs\/)\w+/g,
      '',
    ),
  )

/** What was told between the beginning of a lab and its end, and of what is taken back, in any order: which step of a group is first is a matter of time. */
function toldIn(events: readonly EngineEvent[]): unknown {
  const told: string[][] = []
  let open = false
  let last = ''
  for (const event of events.filter(({ type }) => type !== 'waiting' && type !== 'beside' && type !== 'report')) {
    if (!open && !(event.type === 'undo' && last === 'undo')) told.push([])
    told.at(-1)?.push(JSON.stringify(settled(event)))
    last = event.type
    open = event.type === 'lab' || (open && event.type !== 'lab-done')
  }
  return told.map(each => each.toSorted())
}

async function runAll(parallel: number) {
  const workshop = await openWorkshop()
  const { catalogue, events } = workshop
  try {
    const first = await workshop.run(catalogue.labs, { parallel })
    const verified = await workshop.verify(catalogue.labs, { parallel })
    const again = await workshop.run(catalogue.labs, { parallel, teardown: true })
    const left = await accountOf(workshop)
    // Which step of a group is written down first is a matter of time.
    first.leftovers.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    return { reports: [first, verified, again], told: toldIn(events), left }
  } finally {
    await workshop.close()
  }
}

/** How many labs were under way at the same time, at most. */
function mostAtOnce({ labs }: Report): number {
  const spans = labs.map(({ steps }) => {
    const starts = steps.map(({ startedAt }) => Date.parse(startedAt))
    const ends = steps.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs)
    return [Math.min(...starts), Math.max(...ends)] as const
  })
  return Math.max(...spans.map(([start]) => spans.filter(([from, to]) => from <= start && start < to).length))
}

test('all labs one by one and sixteen steps at once: run, verified, run again and taken back, the same is told and reported', async () => {
  const [one, many] = [await runAll(1), await runAll(16)]
  expect(many.reports.map(settled)).toEqual(one.reports.map(settled))
  expect(many.told).toEqual(one.told)
  expect(one.reports.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  expect([one.left, many.left]).toEqual([[], []])
  expect(mostAtOnce(one.reports[0] as Report)).toBeGreaterThan(1)
  expect(mostAtOnce(many.reports[0] as Report)).toBeGreaterThan(5)
}, 180_000)

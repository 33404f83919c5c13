import type { Leftover, Report } from '../assertions/index.ts'
import { pastRuns } from '../runner/engine/runs.ts'

/** What a run left that counts by itself: not the images and policies that hang on other things, unless there is nothing else. */
export async function keptThings(labFolder: string, { runId, leftovers }: Report): Promise<readonly Leftover[]> {
  if (leftovers.length === 0) return []
  const run = (await pastRuns(labFolder)).find(each => each.start.runId === runId)
  const parts = new Set(
    run?.changes.flatMap(({ resource }) => (resource?.part ? [`${resource.type} ${resource.name}`] : [])),
  )
  const whole = leftovers.filter(({ type, name }) => !parts.has(`${type} ${name}`))
  return whole.length > 0 ? whole : leftovers
}

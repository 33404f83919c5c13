import type { Target } from '../runner/aws/target.ts'
import { comparable } from '../runner/engine/earlier.ts'
import { pastRuns } from '../runner/engine/runs.ts'

/**
 * Of these labs, the ones of which this folder's runs have something in the target's account. Where they have nothing at all, the labs were
 * done by hand, or elsewhere: then all of them.
 */
export async function begunLabs(
  labFolder: string,
  target: Target,
  labs: readonly string[],
): Promise<readonly string[]> {
  const runs = comparable(await pastRuns(labFolder), target)
  const begun = new Set(runs.flatMap(run => run.changes.map(change => change.lab)))
  const here = labs.filter(lab => begun.has(lab))
  return here.length > 0 ? here : labs
}

import type { Target } from '../../runner/aws/target.ts'
import type { Catalogue, Lab } from '../../runner/definition/index.ts'
import type { ChosenTarget } from '../choose-target.ts'
import { openOnSandbox, usedIdentities } from '../open-target.ts'
import { awsProgramEnvironment } from '../program-environment.ts'
import type { Workplace } from '../workplace.ts'
import type { World } from '../world.ts'

/**
 * The grader himself on the target. On AWS no guard stands here: each account that is looked into is one that the roster names, and nothing is
 * changed in it.
 *
 * @throws LabError: 3 without credentials or an answer; SandboxError
 */
export async function openGrader(
  world: World,
  workplace: Workplace,
  catalogue: Catalogue,
  chosen: ChosenTarget,
  labs: readonly Lab[],
): Promise<{ target: Target; close: () => Promise<void> }> {
  if (chosen.name === 'sandbox') return openOnSandbox(world, workplace, chosen)
  const { openTarget } = await import('../../runner/aws/target.ts')
  const target = await openTarget({
    name: 'aws',
    region: chosen.region,
    endpoint: chosen.endpoint,
    caller: { profile: chosen.profile },
    identities: usedIdentities(catalogue, labs),
    environment: awsProgramEnvironment(world),
  })
  return { target, close: async () => target.close() }
}

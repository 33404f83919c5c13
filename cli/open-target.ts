import type { Target, TargetOptions } from '../runner/aws/target.ts'
import type { Catalogue, Lab } from '../runner/definition/index.ts'
import { askMfaCodes } from './ask-mfa-code.ts'
import { hideAwsConfiguration } from './aws-variables.ts'
import type { ChosenTarget } from './choose-target.ts'
import { awsProgramEnvironment, sandboxProgramEnvironment } from './program-environment.ts'
import { openSandbox } from './sandbox-server/open-sandbox.ts'
import { readSettings } from './settings.ts'
import { paperOn } from './show/paper.ts'
import type { Workplace } from './workplace.ts'
import type { World } from './world.ts'

export interface Opened {
  target: Target
  close(): Promise<void>
}

/**
 * Connects to the target; a real account is guarded before anybody gets it.
 *
 * @param labs those that will run: an identity that none of them uses is not opened; null: all of labs.yaml are
 * @throws LabError: 3 without credentials or an answer, 5 when a guard refuses; SandboxError
 */
export async function openChosen(
  world: World,
  workplace: Workplace,
  catalogue: Catalogue,
  chosen: ChosenTarget,
  labs: readonly Lab[] | null,
): Promise<Opened> {
  if (chosen.name === 'sandbox') return openOnSandbox(world, workplace, chosen)
  const opened = await openOnAws(world, catalogue, chosen, labs)
  try {
    await guardOf(world, catalogue)(opened.target)
  } catch (error) {
    await opened.close()
    throw error
  }
  return opened
}

/** Connects without asking the guard: for whoever only reads, and tells what the guard would say. */
export const openToLook = (
  world: World,
  workplace: Workplace,
  catalogue: Catalogue,
  chosen: ChosenTarget,
  labs: readonly Lab[] | null,
): Promise<Opened> =>
  chosen.name === 'sandbox' ? openOnSandbox(world, workplace, chosen) : openOnAws(world, catalogue, chosen, labs)

/** The guard by the rules of labs.yaml and the environment. It throws LabError (5) for an account that nobody has named. */
export const guardOf =
  (world: World, catalogue: Catalogue) =>
  async (target: Target): Promise<void> => {
    const { guard } = await import('../runner/engine/guard.ts')
    await guard(target, { ...catalogue.guard, environmentAccounts: readSettings(world.env).accounts })
  }

export async function openOnSandbox(world: World, { sandboxFolder }: Workplace, chosen: ChosenTarget): Promise<Opened> {
  hideAwsConfiguration(world.env)
  const [{ openTarget }, sandbox] = await Promise.all([
    import('../runner/aws/target.ts'),
    openSandbox(sandboxFolder, chosen.region),
  ])
  try {
    const target = await openTarget({
      name: 'sandbox',
      region: chosen.region,
      endpoint: sandbox.endpoint,
      caller: sandbox.admin,
      identities: { partner: sandbox.partner },
      environment: await sandboxProgramEnvironment(world, sandboxFolder),
      eventual: sandbox.eventual,
    })
    return closing(target, sandbox.close)
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

async function openOnAws(
  world: World,
  catalogue: Catalogue,
  chosen: ChosenTarget,
  labs: readonly Lab[] | null,
): Promise<Opened> {
  const { openTarget } = await import('../runner/aws/target.ts')
  noteTwoSources(world, chosen.profile)
  const target = await openTarget({
    name: 'aws',
    region: chosen.region,
    endpoint: chosen.endpoint,
    caller: { profile: chosen.profile },
    identities: labs === null ? catalogue.identities : usedIdentities(catalogue, labs),
    environment: awsProgramEnvironment(world),
    accounts: [...catalogue.guard.accounts, ...readSettings(world.env).accounts],
    askMfaCode: world.stdin.isTTY === true && world.stderr.isTTY === true ? askMfaCodes(world) : undefined,
  })
  return closing(target, async () => {})
}

/** Keys and a profile in the environment: who runs the labs should not have to guess which. */
function noteTwoSources(world: World, chosen: string | null): void {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = world.env
  if (chosen !== null || !AWS_PROFILE || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return
  paperOn(world, world.stderr, false).line(
    `AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: the profile \`${AWS_PROFILE}\` is used; --profile settles it`,
  )
}

const closing = (target: Target, after: () => Promise<void>): Opened => ({
  target,
  async close() {
    target.close()
    await after()
  },
})

/** A profile that no lab needs need not exist on this machine. */
export function usedIdentities(catalogue: Catalogue, labs: readonly Lab[]): TargetOptions['identities'] {
  const steps = labs.flatMap(lab => lab.groups.flat())
  const texts = JSON.stringify([steps, labs.map(lab => lab.templates ?? [])])
  return Object.fromEntries(
    Object.entries(catalogue.identities).filter(
      ([name]) =>
        steps.some(step => step.as === name) ||
        texts.includes(`identities.${name}.`) ||
        texts.includes(`"identity":"${name}"`),
    ),
  )
}

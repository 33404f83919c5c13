import { accountOf } from '../runner/aws/arns.ts'
import type { Catalogue } from '../runner/definition/index.ts'
import type { Emit } from '../runner/engine/events.ts'
import type { ChosenTarget } from './choose-target.ts'
import { guardOf, type Opened, openToLook } from './open-target.ts'
import { readSettings } from './settings.ts'
import type { Workplace } from './workplace.ts'
import type { World } from './world.ts'

/**
 * Connects as the caller and as every identity of labs.yaml: labs create things in their accounts too. One whose profile is not here, and one
 * in an account that the guard does not name (so that no lab of ours was let in), is left out, saying so.
 *
 * @throws LabError: 3 without credentials or an answer, 5 when the guard refuses the caller
 */
export async function openForOrphans(
  world: World,
  workplace: Workplace,
  catalogue: Catalogue,
  chosen: ChosenTarget,
  emit: Emit,
): Promise<Opened> {
  const { target, close } = await openToLook(world, workplace, catalogue, chosen, null)
  if (chosen.name === 'sandbox') return { target, close }
  try {
    const allowed = [...catalogue.guard.accounts, ...readSettings(world.env).accounts]
    const left: string[] = []
    const identities = new Map(target.identities)
    for (const [name, { arn }] of target.identities) {
      const account = accountOf(arn)
      if (account === null || allowed.includes(account)) continue
      identities.delete(name)
      left.push(`the account ${account} of the identity \`${name}\`: \`guard.accounts\` does not name it`)
    }
    for (const [name, { profile }] of Object.entries(catalogue.identities))
      if (!target.identities.has(name))
        left.push(`the account of the identity \`${name}\`: there is no profile \`${profile}\` on this machine`)
    const searched = { ...target, identities }
    await guardOf(world, catalogue)(searched)
    for (const each of left) emit({ type: 'note', text: `not searched: ${each}` })
    return { target: searched, close }
  } catch (error) {
    await close()
    throw error
  }
}

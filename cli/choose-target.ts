import type { Catalogue } from '../runner/definition/index.ts'
import { didYouMean } from '../runner/definition/nearest-name.ts'
import { usageError } from '../runner/lab-error.ts'
import type { Options } from './options.ts'
import { readSettings } from './settings.ts'
import type { World } from './world.ts'

export interface ChosenTarget {
  name: 'sandbox' | 'aws'
  region: string
  /** aws: of --endpoint-url or AWS_ENDPOINT_URL; undefined: where the SDK goes of itself. */
  endpoint: string | undefined
  profile: string | null
}

type TargetFlags = Pick<Options, 'target' | 'region' | 'endpointUrl' | 'profile'>

/**
 * --target, else LAB_TARGET, else labs.yaml, else the sandbox. The sandbox takes nothing from the person's AWS variables.
 * @throws LabError (usage) for flags that do not go together
 */
export function chooseTarget(world: World, options: TargetFlags, catalogue: Catalogue): ChosenTarget {
  const settings = readSettings(world.env)
  const name = options.target ?? targetOf(settings.target) ?? catalogue.target ?? 'sandbox'
  const region = catalogue.region ?? 'us-west-2'
  if (name === 'aws')
    return {
      name,
      region: options.region ?? settings.region ?? region,
      endpoint: options.endpointUrl ?? (settings.ownEndpoints ? undefined : (settings.endpointUrl ?? undefined)),
      profile: options.profile ?? null,
    }
  if (options.endpointUrl !== undefined)
    throw usageError('`--endpoint-url` with the sandbox target', 'add --target aws, or take --endpoint-url out')
  if (options.profile !== undefined)
    throw usageError('`--profile` with the sandbox target', 'add --target aws, or take --profile out')
  return { name, region: options.region ?? region, endpoint: undefined, profile: null }
}

function targetOf(text: string | null): 'sandbox' | 'aws' | null {
  if (text === null || text === 'sandbox' || text === 'aws') return text
  throw usageError(`LAB_TARGET is \`${text}\`: expected sandbox or aws`, didYouMean(text, ['sandbox', 'aws']))
}

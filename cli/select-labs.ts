import type { Catalogue, Lab } from '../runner/definition/index.ts'
import { didYouMean, loadLabs } from '../runner/definition/index.ts'
import { usageError } from '../runner/lab-error.ts'
import { stepKinds } from '../runner/steps/index.ts'
import { isPage } from './pages/is-page.ts'
import type { World } from './world.ts'

export interface Selected {
  /** The labs asked for and all that they need, what is needed first. */
  labs: Lab[]
  asked: string[]
}

/**
 * The labs that a command line names, loaded and checked.
 * @throws LabError (usage) when nothing or something unknown is selected, DefinitionError
 */
export async function selectLabs(
  world: World,
  catalogue: Catalogue,
  args: readonly string[],
  all: boolean,
): Promise<Selected> {
  const asked = askedLabs(catalogue, args, all)
  return { asked, labs: await loadLabs(catalogue, asked, stepKinds, { env: world.env }) }
}

function askedLabs(catalogue: Catalogue, args: readonly string[], all: boolean): string[] {
  if (all && args.length > 0) throw usageError(`\`--all\` and \`${args.join(' ')}\` together`, 'one or the other')
  if (all && catalogue.labs.length === 0) throw usageError('nothing is selected: labs.yaml lists no lab')
  if (all) return [...catalogue.labs]
  if (args.length === 0)
    throw usageError('nothing is selected', `name a lab, or --all: ${catalogue.labs.map(id => `\`${id}\``).join(', ')}`)
  for (const id of args) checkId(id, catalogue)
  return [...new Set(args)]
}

export function checkId(id: string, catalogue: Catalogue): void {
  if (catalogue.labs.includes(id)) return
  if (isPage(id))
    throw usageError(`\`${id}\` is a page, and a lab is expected`, 'pages: lab run FILE.md, lab check FILE.md')
  throw usageError(`there is no lab \`${id}\``, didYouMean(id, catalogue.labs, 'the labs are'))
}

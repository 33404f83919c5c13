import type { Catalogue, Lab } from '../../runner/definition/index.ts'
import { plannedSteps } from '../../runner/engine/planned-steps.ts'
import { usageError } from '../../runner/lab-error.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { rosterOf } from '../grading/roster-file.ts'
import type { Options } from '../options.ts'
import { neededFor, neededForOrphans } from '../permissions/needed.ts'
import { policyDocument, sizeOf } from '../permissions/policy-document.ts'
import { selectLabs } from '../select-labs.ts'
import { writeJson } from '../show/paper.ts'
import { wholeCatalogue } from '../whole-catalogue.ts'
import { catalogueOf } from '../workplace.ts'
import type { World } from '../world.ts'

const largestManaged = 6144

/** `lab permissions`: the least that the runner itself must be allowed, as a policy to be attached. */
export const permissions: Command = async (world, args, options) => {
  const catalogue = await catalogueOf(world, options.config)
  const { name: target, region } = chooseTarget(world, options, catalogue)
  const { labs, asked } = await selectLabs(world, catalogue, args, options.all || args.length === 0)
  const purpose = options.for ?? 'whole'
  // The run ids that will stand there are not known yet.
  const suffix = options.isolate ? '-*' : ''
  const classes = options.roster === undefined ? null : await namedIn(world, options, catalogue, labs)
  const planned = (classes ?? [{}]).flatMap(named =>
    plannedSteps({
      ...{ catalogue, labs, asked, target, region, suffix, env: world.env },
      overrides: { ...options.var, ...named },
      // One policy for the accounts of a whole class: each acts in its own alone.
      ...(classes ? { account: '*' } : {}),
    }),
  )
  const others = ['partner', ...Object.keys(catalogue.identities)]
  const own = planned.filter(({ step }) => step.as === null || !others.includes(step.as))
  // The guard reads the account's alias where it is to have one.
  const guard = catalogue.guard.alias === null ? [] : [{ action: 'iam:ListAccountAliases', resource: '*' }]
  const account = [...(target === 'aws' ? guard : []), ...(purpose === 'teardown' ? neededForOrphans() : [])]
  const policy = policyDocument([...own.flatMap(step => neededFor(purpose, step)), ...account])
  const unforeseen = [
    ...new Set(own.filter(step => step.permissions === null).map(({ lab, step }) => `${lab.id}/${step.id}`)),
  ]
  const size = sizeOf(policy)
  if (options.json)
    writeJson(world, { schemaVersion: 1, exitCode: 0, for: purpose, labs: asked, policy, size, unforeseen })
  else world.stdout.write(`${JSON.stringify(policy, null, 2)}\n`)
  if (size > largestManaged)
    world.stderr.write(
      `${size} characters, a managed policy takes ${largestManaged}: make several, for fewer labs each, or an inline policy of a role (10240)\n`,
    )
  if (unforeseen.length > 0) world.stderr.write(`what these need cannot be foreseen: ${unforeseen.join(', ')}\n`)
  return 0
}

/** What the students of a roster call the labs' things, each way once. */
async function namedIn(
  world: World,
  options: Options,
  catalogue: Catalogue,
  labs: readonly Lab[],
): Promise<Readonly<Record<string, string>>[]> {
  if (options.for !== 'verify') throw usageError('`--roster` without `--for verify`', 'a class is graded, not run')
  const all = await wholeCatalogue(catalogue, labs, text => world.stderr.write(`${text}\n`))
  const { students } = await rosterOf(world.cwd, options.roster ?? '', { all, graded: labs }, [], true)
  const ways = students.map(({ overrides }) => [JSON.stringify(Object.entries(overrides).sort()), overrides] as const)
  return [...new Map(ways).values()]
}

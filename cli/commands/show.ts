import type { Catalogue } from '../../runner/definition/index.ts'
import { type PlannedStep, plannedSteps } from '../../runner/engine/planned-steps.ts'
import { usageError } from '../../runner/lab-error.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { selectLabs } from '../select-labs.ts'
import { cliLines } from '../show/cli-lines.ts'
import { type Paper, paperOf, writeJson } from '../show/paper.ts'
import { planLines } from '../show/plan-lines.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab show LAB`: its steps and those it needs, as a plan, as aws commands, as a page or as a graph. Asks no account. */
export const show: Command = async (world, args, options) => {
  const { format } = options
  if (!Object.hasOwn(formats, format))
    throw usageError(`there is no format \`${format}\``, `there are: ${Object.keys(formats).join(', ')}`)
  findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const { name: target, region } = chooseTarget(world, options, catalogue)
  const { labs, asked } = await selectLabs(world, catalogue, args, false)
  const planned = plannedSteps({ catalogue, labs, asked, target, region, overrides: options.var, env: world.env })
  const paper = paperOf(world, { ...options, json: false })
  if (options.json) {
    const steps = planned.map(({ lab, step, prepared, resource }) => ({
      ...{ lab: lab.id, id: step.id, kind: step.kind, title: prepared.title, as: step.as, points: step.points },
      creates: resource && { type: resource.type, name: resource.name, arn: resource.arn },
      commands: prepared.commands,
    }))
    writeJson(world, { schemaVersion: 1, exitCode: 0, lab: asked[0], steps })
  } else
    for (const line of await formats[format as Format]({
      planned: inProfiles(planned, target, catalogue),
      asked,
      target,
      region,
      paper,
    }))
      paper.line(line)
  return 0
}

/** On AWS an identity of labs.yaml is the profile that it names there; on the sandbox a profile has the identity's name. */
const inProfiles = (planned: PlannedStep[], target: 'sandbox' | 'aws', { identities }: Catalogue): PlannedStep[] =>
  planned.map(each => {
    const { profile } = (target === 'aws' && each.step.as !== null && identities[each.step.as]) || {
      profile: each.step.as,
    }
    return { ...each, step: { ...each.step, as: profile } }
  })

interface ToShow {
  planned: PlannedStep[]
  asked: readonly string[]
  target: 'sandbox' | 'aws'
  region: string
  paper: Paper
}

type Format = 'plan' | 'cli' | 'page' | 'graph'

const formats: Readonly<Record<Format, (shown: ToShow) => Promise<string[]>>> = {
  plan: async ({ planned, paper }) => planLines(planned, paper),
  cli: async ({ planned }) => cliLines(planned),
  page: async ({ planned, asked, target, region }) => {
    const { pageOf } = await import('../show/page/page-of.ts')
    return [pageOf(planned, asked, { target, region })]
  },
  graph: async ({ planned }) => (await import('../show/graph/graph-lines.ts')).graphLines(planned),
}

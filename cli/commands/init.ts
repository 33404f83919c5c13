import { dirname, resolve } from 'node:path'
import { didYouMean } from '../../runner/definition/nearest-name.ts'
import { usageError } from '../../runner/lab-error.ts'
import { askLines } from '../ask.ts'
import type { Command } from '../command.ts'
import type { LabTemplate, Naming } from '../init/lab-template.ts'
import { templates } from '../init/templates/index.ts'
import { writeLab } from '../init/write-lab.ts'
import type { Options } from '../options.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { shownPath } from '../show/show-error.ts'
import { findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'

/** `lab init`: a lab to begin with, which passes, and its broken twin, which does not. Nothing is written over. */
export const init: Command = async (world, args, options) => {
  const [id = ''] = args
  if (!/^[a-z0-9][a-z0-9-]{0,47}$/.test(id))
    throw usageError(`\`${id}\` is not an id for a lab`, 'lower-case letters, digits and hyphens, such as team-access')
  const { naming, template } = await interview(world, options, id)
  const folder = dirname(findWorkplace(world, options.config).labFolder)
  const catalogue = options.config === undefined ? resolve(folder, 'labs.yaml') : resolve(world.cwd, options.config)
  const written = await writeLab({ id, folder, catalogue, files: template.files(naming) })
  const files = written.map(file => shownPath(file, world.cwd))
  const broken = shownPath(resolve(folder, 'labs', id, 'broken'), world.cwd)
  const next = [`lab run ${id}`, `lab selftest ${id}`, `lab run ${id} --answers ${broken}`]
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, lab: id, template: template.name, files, next })
  const paper = paperOf(world, options)
  for (const file of files) paper.line(`wrote ${file}`)
  paper.line(`Next: ${next.join(' · ')} (must fail)`)
  return 0
}

/** What no flag says is asked on a terminal, unless --yes takes the defaults. */
async function interview(world: World, { title, template, yes }: Options, id: string) {
  const words = id.replaceAll('-', ' ')
  const defaults = { title: words.charAt(0).toUpperCase() + words.slice(1), template: templates[0].name }
  const asks = !yes && world.stdin.isTTY === true && world.stderr.isTTY === true
  const questions = [
    ...(title === undefined ? [{ name: 'title', text: `title [${defaults.title}]` }] : []),
    ...(template === undefined
      ? [{ name: 'template', text: `${templates.map(({ name }) => name).join(', ')} [${defaults.template}]` }]
      : []),
  ]
  const answers = asks ? await askLines(world, questions) : {}
  const naming: Naming = { id, title: title || answers.title || defaults.title }
  return { naming, template: templateOf(template || answers.template || defaults.template) }
}

function templateOf(name: string): LabTemplate {
  const found = templates.find(template => template.name === name)
  if (found) return found
  const names = templates.map(each => each.name)
  throw usageError(`there is no template \`${name}\``, didYouMean(name, names, 'the templates are'))
}

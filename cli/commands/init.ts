import { readdir } from 'node:fs/promises'
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
import { shownPath } from '../show/problems.ts'
import { findWorkplace, type Workplace } from '../workplace.ts'
import type { World } from '../world.ts'

/** `lab init`: a lab to begin with, which passes, and its broken twin, which does not. Nothing is written over. */
export const init: Command = async (world, args, options) => {
  const [id = ''] = args
  if (!/^[a-z0-9][a-z0-9-]{0,47}$/.test(id))
    throw usageError(`\`${id}\` is not an id for a lab`, 'lower-case letters, digits and hyphens, such as team-access')
  const workplace = findWorkplace(world, options.config)
  if (options.from !== undefined) return initFrom(world, options, workplace, { id, from: options.from })
  // An empty folder is a new place, whatever lies above it.
  const empty = options.config === undefined && (await readdir(world.cwd)).length === 0
  const folder = empty ? world.cwd : dirname(workplace.labFolder)
  const { naming, template } = await interview(world, options, id)
  const catalogue = options.config === undefined ? resolve(folder, 'labs.yaml') : resolve(world.cwd, options.config)
  const { packageFolder } = world
  const written = await writeLab({ id, folder, catalogue, files: template.files(naming), packageFolder })
  const files = written.map(file => shownPath(file, world.cwd))
  const broken = shownPath(resolve(folder, 'labs', id, 'broken'), world.cwd)
  const next = [`lab run ${id}`, `lab selftest ${id}`, `lab run ${id} --answers ${broken}`]
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, lab: id, template: template.name, files, next })
  const paper = paperOf(world, options)
  for (const file of files) paper.line(`wrote ${file}`)
  paper.line(`Next: ${next.join(' · ')} (must fail)`)
  return 0
}

/** A lab drafted from a page: it has no broken twin, for what its answers are is the author's to say. */
async function initFrom(world: World, options: Options, workplace: Workplace, asked: { id: string; from: string }) {
  if (options.template !== undefined || options.title !== undefined)
    throw usageError('`--from` with `--template` or `--title`', 'the page gives both')
  const { id } = asked
  const folder = dirname(workplace.labFolder)
  const catalogue = options.config === undefined ? resolve(folder, 'labs.yaml') : resolve(world.cwd, options.config)
  const { draftPage } = await import('../pages/draft-page.ts')
  const draft = await draftPage(world, workplace, options.config, asked)
  const written: string[] = []
  for (const each of [...draft.copies, { id, files: draft.files }])
    written.push(...(await writeLab({ ...each, folder, catalogue, packageFolder: world.packageFolder })))
  const files = [...new Set(written)].map(file => shownPath(file, world.cwd))
  const next = [`lab check ${id}`, `lab run ${id}`, `lab selftest ${id}`]
  const { left } = draft
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, lab: id, from: asked.from, files, left, next })
  const paper = paperOf(world, options)
  for (const file of files) paper.line(`wrote ${file}`)
  for (const each of left) paper.line(`no step stands for ${each}`)
  paper.line(`Next: ${next.join(' · ')}`)
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

import { loadLabs } from '../../runner/definition/index.ts'
import { stepKinds } from '../../runner/steps/index.ts'
import type { Command } from '../command.ts'
import { counted } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { indented } from '../show/wrap.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab list`: the catalogue. */
export const list: Command = async (world, _args, options) => {
  findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const loaded = await loadLabs(catalogue, catalogue.labs, stepKinds)
  const labs = catalogue.labs.flatMap(id => {
    const lab = loaded.find(each => each.id === id)
    if (!lab) return []
    const steps = lab.groups.flat()
    const points = steps.reduce((sum, step) => sum + step.points, 0)
    return [{ id, title: lab.title, source: lab.source, steps: steps.length, points, needs: lab.needs }]
  })
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, labs })
  else {
    const { line, width, colours } = paperOf(world, options)
    const idWidth = Math.max(0, ...labs.map(({ id }) => id.length))
    for (const { id, title, source, steps, points, needs } of labs) {
      const about = `${counted(steps, 'step')} · ${counted(points, 'point')}${needs.length > 0 ? ` · needs ${needs.join(', ')}` : ''}`
      line(`${colours.strong(id.padEnd(idWidth))}  ${about}`)
      for (const each of indented(title, '  ', width)) line(each)
      if (source) for (const each of indented(`from ${source}`, '  ', width)) line(colours.faint(each))
    }
  }
  return 0
}

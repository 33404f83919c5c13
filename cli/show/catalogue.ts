import type { SkimmedLab } from '../../runner/definition/skim-catalogue.ts'
import type { World } from '../world.ts'
import { counted } from './count.ts'
import { type PaperOptions, paperOf, writeJson } from './paper.ts'
import { indented } from './wrap.ts'

/** What `lab list` prints: for people, or with --json for scripts. */
export function showCatalogue(world: World, labs: readonly SkimmedLab[], options: PaperOptions): void {
  if (options.json) {
    writeJson(world, { schemaVersion: 1, exitCode: 0, labs })
    return
  }
  const { line, width, colours } = paperOf(world, options)
  const idWidth = Math.max(0, ...labs.map(({ id }) => id.length))
  for (const { id, title, source, steps, points, needs } of labs) {
    const about = `${counted(steps, 'step')} · ${counted(points, 'point')}${needs.length > 0 ? ` · needs ${needs.join(', ')}` : ''}`
    line(`${colours.strong(id.padEnd(idWidth))}  ${about}`)
    for (const each of indented(title, '  ', width)) line(each)
    if (source) for (const each of indented(`from ${source}`, '  ', width)) line(colours.faint(each))
  }
}

import { loadLabs } from '../runner/definition/index.ts'
import type { SkimmedLab } from '../runner/definition/skim-catalogue.ts'
import { stepKinds } from '../runner/steps/index.ts'
import { catalogueOf } from './workplace.ts'
import type { World } from './world.ts'

/** The labs of the catalogue, read and checked in full. @throws DefinitionError with all problems of all files */
export async function checkedList(world: World, config: string | undefined): Promise<SkimmedLab[]> {
  const catalogue = await catalogueOf(world, config)
  const loaded = await loadLabs(catalogue, catalogue.labs, stepKinds)
  return catalogue.labs.flatMap(id => {
    const lab = loaded.find(each => each.id === id)
    if (!lab) return []
    const steps = lab.groups.flat()
    const points = steps.reduce((sum, step) => sum + step.points, 0)
    return [{ id, title: lab.title, source: lab.source, steps: steps.length, points, needs: [...lab.needs] }]
  })
}

import { join } from 'node:path'
import { skimCatalogue } from '../../runner/definition/skim-catalogue.ts'
import { explain } from '../commands/explain.ts'
import { showCatalogue } from '../show/catalogue.ts'
import { findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'
import type { PlainCommandLine } from './command-line.ts'

/**
 * Does what a plain line asks for. null: it cannot be done so, and nothing was written: `main` is to read the same line, and tells what is
 * wrong.
 */
export async function runPlain(world: World, { command, args, options }: PlainCommandLine): Promise<0 | null> {
  try {
    if (command === 'explain') await explain(world, args, options)
    else {
      findWorkplace(world, undefined)
      const labs = skimCatalogue(world.cwd, undefined, join(world.packageFolder, 'labs.yaml'))
      if (labs === null) return null
      showCatalogue(world, labs, options)
    }
    return 0
  } catch {
    return null
  }
}

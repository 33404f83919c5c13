import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Catalogue } from '../runner/definition/index.ts'
import { usageError } from '../runner/lab-error.ts'
import type { World } from './world.ts'

/** Where a command works. */
export interface Workplace {
  /** `.lab`, beside labs.yaml, else in the working folder. */
  labFolder: string
  /** State of the sandbox. */
  sandboxFolder: string
}

/**
 * Finds `.lab` without reading labs.yaml, and takes the `.env` beside it into the environment; what is set already stays.
 * @throws LabError (usage) when the file of --config is not there
 */
export function findWorkplace(world: World, config: string | undefined): Workplace {
  const beside = config === undefined ? besideCatalogue(world.cwd) : besideGiven(world.cwd, config)
  readDotEnv(world, beside ?? world.cwd)
  const labFolder = join(beside ?? world.cwd, '.lab')
  return { labFolder, sandboxFolder: join(labFolder, 'sandbox') }
}

function besideCatalogue(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'labs.yaml'))) return folder
    if (folder === dirname(folder)) return null
  }
}

function besideGiven(cwd: string, config: string): string {
  const file = resolve(cwd, config)
  if (!existsSync(file)) throw usageError(`there is no file \`${config}\``, 'give the path of a labs.yaml')
  return dirname(file)
}

function readDotEnv(world: World, folder: string): void {
  let text: string
  try {
    text = readFileSync(join(folder, '.env'), 'utf8')
  } catch {
    return
  }
  for (const [name, value] of Object.entries(parseEnv(text))) world.env[name] ??= value
}

/** The catalogue, of labs.yaml or of the package. Throws as findCatalogue does. */
export async function catalogueOf(world: World, config: string | undefined): Promise<Catalogue> {
  const { findCatalogue } = await import('../runner/definition/index.ts')
  return findCatalogue(world.cwd, config, join(world.packageFolder, 'labs.yaml'))
}

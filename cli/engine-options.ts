import { homedir } from 'node:os'
import { join } from 'node:path'
import type { EngineOptions } from '../runner/engine/options.ts'
import { readSettings } from './settings.ts'
import type { Workplace } from './workplace.ts'
import type { World } from './world.ts'

type FromWorld = Pick<EngineOptions, 'labFolder' | 'workingFolder' | 'userCredentialsFile' | 'env' | 'version'>

/** What the engine is told of the outside. Read before the sandbox target hides the person's variables. */
export function fromWorld(world: World, { labFolder }: Workplace): FromWorld {
  const { credentialsFile, home } = readSettings(world.env)
  return {
    labFolder,
    workingFolder: world.cwd,
    userCredentialsFile: credentialsFile ?? join(home ?? homedir(), '.aws', 'credentials'),
    env: world.env,
    version: world.version,
  }
}

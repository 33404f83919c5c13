import type { ExitCode } from '../runner/lab-error.ts'
import type { Options } from './options.ts'
import type { World } from './world.ts'

/**
 * What a command does with the command line read. Gives the exit code; `sandbox exec` that of its program.
 * @throws LabError, DefinitionError, SandboxError: shown as one clear error
 */
export type Command = (world: World, args: readonly string[], options: Options) => Promise<ExitCode | number>

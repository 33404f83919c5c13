import { silenceSdk } from './aws-variables.ts'
import { generalHelp } from './help.ts'
import { readCommandLine } from './read-command-line.ts'
import { showError } from './show/show-error.ts'
import type { World } from './world.ts'

/** Runs one command line; gives the exit code. Whatever goes wrong is shown, never thrown. */
export async function main(world: World): Promise<number> {
  silenceSdk(world.env)
  try {
    const line = readCommandLine(world.argv)
    if ('help' in line) {
      world.stdout.write(line.help)
      return 0
    }
    if ('version' in line) {
      world.stdout.write(`${world.version}\n`)
      return 0
    }
    if ('nothing' in line) {
      world.stderr.write(generalHelp())
      return 2
    }
    const command = await line.spec.load()
    return await command(world, line.args, line.options)
  } catch (error) {
    return await showError(world, error)
  }
}

import { silenceSdk } from './aws-variables.ts'
import { generalHelp } from './help.ts'
import { readCommandLine } from './read-command-line.ts'
import { showError } from './show/show-error.ts'
import { strayError } from './stray.ts'
import type { World } from './world.ts'

/** Runs one command line; gives the exit code. Whatever goes wrong is shown, never thrown, also what nobody waits for. */
export async function main(world: World): Promise<number> {
  silenceSdk(world.env)
  // Where nothing needs to be cleaned up, it ends the process.
  world.onStray(async thrown => world.kill(await showError(world, strayError(thrown, world.cwd))))
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

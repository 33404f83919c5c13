import { limited } from '../runner/aws/limits.ts'
import { combine, type ExitCode, LabError } from '../runner/lab-error.ts'
import { tellErrors } from './show/show-error.ts'
import { strayError } from './stray.ts'
import type { World } from './world.ts'

/**
 * Runs `work` with a signal that the first Ctrl-C or SIGTERM aborts: the call under way ends, and what was asked to be cleaned up is. The
 * second one ends the process. What fails without anybody waiting for it aborts it as well, and is told once the work has ended, with exit code 3.
 */
export async function interruptible<T>(world: World, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const { signal } = controller
  let stray: LabError | null = null
  const stop = world.onInterrupt(() => {
    if (signal.aborted) {
      world.stderr.write('\nended at once: lab status tells what is left, lab teardown takes it back\n')
      world.kill(130)
      return
    }
    world.stderr.write('\ninterrupted: ending the call under way and cleaning up; once more to end at once\n')
    controller.abort()
  })
  const handBack = world.onStray(thrown => {
    // An end that was asked for is none that nobody waits for.
    if (signal.aborted && (thrown as Error | null)?.name === 'AbortError') return
    stray ??= strayError(thrown, world.cwd)
    controller.abort(stray)
  })
  try {
    const ended = await limited({ signal }, () => work(signal))
    return stray === null ? ended : ((await withStray(world, ended, stray)) as T)
  } catch (error) {
    if (!signal.aborted || !(error instanceof LabError)) throw error
    if (stray !== null) throw error.exitCode === 130 ? stray : error
    throw new LabError(130, 'interrupted', error.message, error.hint, { cause: error })
  } finally {
    handBack()
    stop()
  }
}

/** The exit code of a work that came to its end all the same. @throws the stray one where the work has none */
async function withStray(world: World, ended: unknown, stray: LabError): Promise<ExitCode> {
  if (typeof ended !== 'number') throw stray
  await tellErrors(world, [stray], 'stopped before its end')
  return combine([ended as ExitCode, stray.exitCode])
}

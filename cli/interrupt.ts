import { LabError } from '../runner/lab-error.ts'
import type { World } from './world.ts'

/**
 * Runs `work` with a signal that the first Ctrl-C or SIGTERM aborts: the call under way ends, and what was asked to be cleaned up is. The
 * second one ends the process.
 */
export async function interruptible<T>(world: World, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = world.onInterrupt(() => {
    if (controller.signal.aborted) {
      world.stderr.write('\nended at once: lab status tells what is left, lab teardown takes it back\n')
      world.kill(130)
      return
    }
    world.stderr.write('\ninterrupted: ending the call under way and cleaning up; once more to end at once\n')
    controller.abort()
  })
  try {
    return await work(controller.signal)
  } catch (error) {
    if (!controller.signal.aborted || !(error instanceof LabError)) throw error
    throw new LabError(130, 'interrupted', error.message, error.hint, { cause: error })
  } finally {
    stop()
  }
}

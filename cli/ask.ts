import { createInterface } from 'node:readline/promises'
import type { World } from './world.ts'

/** Asks on the terminal; only `y` and `yes` mean yes. */
export async function ask(world: World, question: string, signal: AbortSignal): Promise<boolean> {
  world.stderr.write(`${question} [y/N] `)
  const lines = createInterface({ input: world.stdin })
  try {
    const answer = await lines.question('', { signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch {
    return false
  } finally {
    lines.close()
  }
}

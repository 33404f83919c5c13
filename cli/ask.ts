import { createInterface } from 'node:readline/promises'
import { LabError } from '../runner/lab-error.ts'
import type { World } from './world.ts'

/** Asks on the terminal for a line of text. */
export async function askLine(world: World, question: string): Promise<string> {
  world.stderr.write(`${question} `)
  const lines = createInterface({ input: world.stdin })
  try {
    return (await lines.question('')).trim()
  } finally {
    lines.close()
  }
}

/** Asks one question after the other; gives the answers by the names of the questions. An end of the input leaves the rest unanswered. */
export async function askLines(
  world: World,
  questions: readonly { name: string; text: string }[],
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {}
  const lines = createInterface({ input: world.stdin })
  try {
    const given = lines[Symbol.asyncIterator]()
    for (const { name, text } of questions) {
      world.stderr.write(`${text}: `)
      const { value, done } = await given.next()
      if (done) break
      answers[name] = value.trim()
    }
    return answers
  } finally {
    lines.close()
  }
}

/** Asks on the terminal; only `y` and `yes` mean yes. @throws LabError (130) when Ctrl-C is the answer */
export async function ask(world: World, question: string, signal: AbortSignal): Promise<boolean> {
  world.stderr.write(`${question} [y/N] `)
  const lines = createInterface({ input: world.stdin })
  try {
    const answer = await lines.question('', { signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch {
    if (signal.aborted) throw new LabError(130, 'interrupted', 'interrupted: nothing was done')
    return false
  } finally {
    lines.close()
  }
}

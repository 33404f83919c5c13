import { createInterface } from 'node:readline/promises'
import { LabError } from '../runner/lab-error.ts'
import type { World } from './world.ts'

/** What is typed on the terminal, up to the end of the line; null: nothing will be, for the input has ended or Ctrl-C was the answer. */
async function typed(world: World, signal: AbortSignal): Promise<string | null> {
  const lines = createInterface({ input: world.stdin })
  const ended = new Promise<null>(resolve => lines.once('close', () => resolve(null)))
  try {
    const answer = lines.question('', { signal }).catch(() => null)
    return (await Promise.race([answer, ended]))?.trim() ?? null
  } finally {
    lines.close()
  }
}

/** Asks on the terminal for a line of text; '' when there is none. Ctrl-C leaves it unanswered. */
export async function askLine(world: World, question: string): Promise<string> {
  const interrupted = new AbortController()
  const stop = world.onInterrupt(() => interrupted.abort())
  world.stderr.write(`${question} `)
  try {
    return (await typed(world, interrupted.signal)) ?? ''
  } finally {
    stop()
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
  const answer = await typed(world, signal)
  if (signal.aborted) throw new LabError(130, 'interrupted', 'interrupted: nothing was done')
  return /^y(es)?$/i.test(answer ?? '')
}

import { Listr } from 'listr2'
import type { EngineEvent } from '../../runner/engine/events.ts'
import type { Output } from '../world.ts'
import type { Paper } from './paper.ts'
import { eventLines, type Show, type ShowOptions } from './plain.ts'
import { printable, printableLine } from './printable.ts'
import { StepRenderer } from './step-renderer.ts'
import { waitingWords } from './waiting-words.ts'

/** A step as the list knows it. Told how the step ended, it is no longer in the list's map. */
interface Running {
  say(text: string): void
  end(text: string): void
}

interface LabList {
  steps: Map<string, Running>
  done: Promise<unknown>
}

/** A live list of the steps of each lab, by listr2: the engine runs the steps, the list's tasks wait for its events. */
export function terminalShow(paper: Paper, output: Output, options: ShowOptions): Show {
  const lines = eventLines(paper, options)
  let list: LabList | null = null
  // The list draws in its own time: an event waits until what the ones before it asked for is on the screen.
  let shown = Promise.resolve()

  const held: string[] = []
  /** What each step asks, for its line while it is under way. */
  const subjects = new Map<string, string>()

  let beside = ''

  async function endList(): Promise<void> {
    for (const step of [...(list?.steps.values() ?? [])]) step.end('')
    await list?.done
    list = null
  }

  async function handle(event: EngineEvent): Promise<void> {
    const text = lines(event).map(printableLine)
    if (event.type === 'step') {
      subjects.set(event.step, `${event.kind}  ${event.title}${event.as === null ? '' : ` as ${event.as}`}`.trimEnd())
      list?.steps.get(event.step)?.say(printable(subjects.get(event.step) ?? event.step))
    } else if (event.type === 'waiting') {
      const subject = subjects.get(event.step) ?? event.step
      list?.steps.get(event.step)?.say(printable(`${subject}: ${waitingWords(event)}`))
    } else if (event.type === 'beside') {
      beside = event.labs.length === 0 ? '' : printable(`beside it: ${event.labs.join(', ')}`)
      list?.steps.get(besideIt)?.say(beside)
    } else if (event.type === 'step-done' && list?.steps.has(event.report.id))
      list.steps.get(event.report.id)?.end(text.join('\n'))
    else {
      // What is drawn again would wipe out a line that came under it: a note waits for the end of the list.
      held.push(...text)
      if (list !== null && event.type === 'note') return
      await endList()
      for (const line of held.splice(0)) paper.line(line)
      if (event.type === 'lab') {
        list = await startList([...event.steps.map(({ id }) => id), besideIt], output)
        list.steps.get(besideIt)?.say(beside)
      }
    }
  }

  return {
    paper,
    emit: event => {
      shown = shown.then(() => handle(event))
    },
    finish: async () => {
      await shown
      await endList()
      for (const line of held.splice(0)) paper.line(line)
    },
  }
}

/** Stands in the list for the labs that are under way beside this one; no step is called so. */
const besideIt = ' beside'

/** Starts a list; resolves when each of its tasks waits for its step. */
async function startList(ids: readonly string[], output: Output): Promise<LabList> {
  const steps = new Map<string, Running>()
  let waiting = 0
  let ready = () => {}
  const allReady = new Promise<void>(resolve => {
    ready = resolve
  })
  const tasks = ids.map(id => ({
    title: id,
    task: (_: unknown, wrapper: { title: string; output: string }) =>
      new Promise<void>(resolve => {
        waiting += 1
        steps.set(id, {
          say: text => {
            wrapper.output = text
          },
          end: text => {
            steps.delete(id)
            wrapper.title = text
            resolve()
          },
        })
        if (waiting === ids.length) ready()
      }),
  }))
  const list = new Listr<unknown, typeof StepRenderer, typeof StepRenderer>(tasks, {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    renderer: StepRenderer,
    rendererOptions: { output },
  })
  const done = list.run()
  if (ids.length > 0) await allReady
  return { steps, done }
}

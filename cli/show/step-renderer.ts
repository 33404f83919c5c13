import { type ListrRenderer, type ListrTaskObject, Spinner } from 'listr2'
import type { Output } from '../world.ts'

export interface StepRendererOptions {
  output: Output
}

type Task = ListrTaskObject<unknown, typeof StepRenderer, typeof StepRenderer>

const milliseconds = 80
/** Up one line, and clear it. */
const upAndClear = '\u001b[1A\u001b[2K'

/**
 * Draws the steps of a lab: those that ended as the lines of their titles, which scroll away as ordinary text; under them a spinner with the
 * output of each that is under way. Only the live lines are ever drawn again, so that no line that was read moves.
 */
export class StepRenderer implements ListrRenderer {
  static readonly nonTTY = true
  static readonly rendererOptions: StepRendererOptions
  static readonly rendererTaskOptions: never
  readonly #tasks: Task[]
  readonly #output: Output
  readonly #spinner = new Spinner()
  readonly #ended = new Set<Task>()
  /** When each task was first seen under way. */
  readonly #begun = new Map<Task, number>()
  #liveLines = 0

  constructor(tasks: Task[], options: StepRendererOptions) {
    this.#tasks = tasks
    this.#output = options.output
  }

  render(): void {
    this.#spinner.start(() => this.#draw(true), milliseconds)
  }

  end(): void {
    this.#spinner.stop()
    this.#draw(false)
  }

  #draw(live: boolean): void {
    const ended = this.#tasks.filter(task => task.hasFinalized() && !this.#ended.has(task))
    for (const task of ended) this.#ended.add(task)
    const width = (this.#output.columns || 80) - 1
    const running = live ? this.#tasks.filter(task => !task.hasFinalized() && task.output) : []
    const lines = [
      ...ended.flatMap(task => (task.title ? [task.title] : [])),
      ...running.map(task => this.#liveLine(task, width)),
    ]
    const erased = upAndClear.repeat(this.#liveLines)
    this.#liveLines = running.length
    if (erased !== '' || lines.length > 0) this.#output.write(erased + lines.map(line => `${line}\n`).join(''))
  }

  /** `⠋ 12 s  list-images …`: the time stands first, where a narrow screen cannot cut it off. */
  #liveLine(task: Task, width: number): string {
    const begun = this.#begun.get(task) ?? performance.now()
    this.#begun.set(task, begun)
    const seconds = Math.floor((performance.now() - begun) / 1000)
    return `  ${this.#spinner.fetch()} ${seconds < 1 ? '' : `${seconds} s  `}${task.output}`.slice(0, width)
  }
}

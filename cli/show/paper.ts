import { jsonText } from '../../reports/words/json-text.ts'
import { readSettings } from '../settings.ts'
import type { Output, World } from '../world.ts'
import { type Colours, coloured, plain } from './colours.ts'
import { jsonWithoutCommands, withoutCommands } from './github-log.ts'
import { printableLine } from './printable.ts'

/** Where a command writes what a person reads, and how. */
export interface Paper {
  /** null: do not wrap. */
  width: number | null
  colours: Colours
  /** A terminal that may be drawn on: no CI, no file. */
  animated: boolean
  /** What would act on a terminal, or on GitHub's runner, is written out; colours are let through. */
  line(text?: string): void
}

export interface PaperOptions {
  json: boolean
  color: boolean
}

/** Standard output, or with --json standard error: then standard output is for the document alone. */
export function paperOf(world: World, { json, color }: PaperOptions): Paper {
  return paperOn(world, json ? world.stderr : world.stdout, color)
}

export function paperOn(world: World, output: Output, color: boolean): Paper {
  const settings = readSettings(world.env)
  const terminal = output.isTTY === true
  return {
    // A terminal that does not say its size has 0 columns.
    width: (terminal && output.columns) || settings.columns,
    colours: terminal && color && !settings.noColor ? coloured : plain,
    animated: terminal && !settings.ci,
    line: (text = '') => {
      const line = printableLine(text)
      output.write(`${settings.githubLog ? withoutCommands(line) : line}\n`)
    },
  }
}

/** The one document of --json. */
export const writeJson = (world: World, value: object): void => {
  const text = jsonText(value)
  world.stdout.write(readSettings(world.env).githubLog ? jsonWithoutCommands(text) : text)
}

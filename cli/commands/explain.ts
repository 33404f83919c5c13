import { createReadStream, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ExitCode, usageError } from '../../runner/lab-error.ts'
import { explainLines, notDenialLines } from '../explain/explain-lines.ts'
import { explainRows } from '../explain/explain-rows.ts'
import { explained } from '../explain/explained.ts'
import { textOf } from '../explain/lines-of.ts'
import { readAll } from '../explain/read-all.ts'
import type { Options } from '../options.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import type { World } from '../world.ts'

/**
 * `lab explain [TEXT]`: a denial in plain words; every one of a log. The text is the argument, else standard input; an argument that names a
 * file stands for what is in it.
 */
export async function explain(
  world: World,
  args: readonly string[],
  options: Pick<Options, 'json' | 'jsonl' | 'color'>,
): Promise<ExitCode> {
  const given = args.join(' ')
  const file = args.length === 1 ? fileOf(world, given) : null
  if (options.jsonl) {
    if (given !== '' && given !== '-' && file === null)
      throw usageError(`there is no file \`${given}\``, 'with --jsonl rows come from a file or from standard input')
    return explainRows(world, file === null ? input(world) : createReadStream(file))
  }
  const fromInput = args.length === 0 || given === '-'
  const text = fromInput ? await textOf(input(world)) : file === null ? given : await textOf(createReadStream(file))
  if (fromInput && text.trim() === '')
    throw usageError(
      'there is nothing to explain: standard input is empty',
      "lab explain 'TEXT', or COMMAND 2>&1 | lab explain",
    )
  const found = readAll(text)
  if (options.json) {
    writeJson(world, explained(found))
    return 0
  }
  const paper = paperOf(world, options)
  const lines = found[0].isDenial ? explainLines(text, found, paper) : notDenialLines(found[0], paper)
  for (const line of lines) paper.line(line)
  return 0
}

function input(world: World): AsyncIterable<string | Uint8Array> {
  if (world.stdin.isTTY)
    throw usageError('there is no text to explain', "lab explain 'TEXT', or COMMAND 2>&1 | lab explain")
  return world.stdin as AsyncIterable<string | Uint8Array>
}

/** An argument that names a file is a log; one that can be no path (too long, say) is a text. */
function fileOf(world: World, given: string): string | null {
  if (given === '' || given === '-' || given.includes('\0')) return null
  const path = resolve(world.cwd, given)
  try {
    return statSync(path).isFile() ? path : null
  } catch {
    return null
  }
}

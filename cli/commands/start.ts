import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { answersOf } from '../../runner/grading/answer-name.ts'
import { usageError } from '../../runner/lab-error.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { selectLabs } from '../select-labs.ts'
import { counted } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { shownPath } from '../show/problems.ts'
import { catalogueOf } from '../workplace.ts'
import { run } from './run.ts'

const stub = `${JSON.stringify({ Version: '2012-10-17', Statement: [] }, null, 2)}\n`

/** `lab start`: make what the lab needs, write the documents to be answered as stubs into answers/LAB/. What is written already stays. */
export const start: Command = async (world, args, options) => {
  const [id, ...others] = args
  if (id === undefined || others.length > 0) throw usageError('`lab start` takes one lab', 'lab list shows them')
  const catalogue = await catalogueOf(world, options.config)
  const { labs } = await selectLabs(world, catalogue, [id], false)
  const lab = labs.find(each => each.id === id)
  const documents = lab ? answersOf(lab) : []
  if (!lab || documents.length === 0)
    throw usageError(`\`${id}\` has no document to be answered`, `lab run ${id} shows what it does`)
  const paper = paperOf(world, options)
  const quiet = { ...world, stdout: options.json ? world.stderr : world.stdout }
  const exitCode = lab.needs.length === 0 ? 0 : await run(quiet, lab.needs, { ...options, json: false, shard: '1/1' })
  if (exitCode !== 0) return exitCode
  const folder = resolve(world.cwd, 'answers', id)
  const files = documents.map(({ file }) => join(folder, file))
  for (const file of files) await writeStub(file)
  const { region } = chooseTarget(world, options, catalogue)
  const shown = files.map(file => shownPath(file, world.cwd))
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode, lab: id, made: lab.needs, answers: shown, region })
  paper.line(`${counted(shown.length, 'document')} to be written:`)
  for (const file of shown) paper.line(`  ${file}`)
  paper.line(`Next: lab run ${id} --answers ${shownPath(folder, world.cwd)}`)
  return exitCode
}

async function writeStub(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, stub, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

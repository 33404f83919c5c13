import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { openAccounts } from '../../sandbox/index.ts'
import type { Command } from '../command.ts'
import { gradebookExports, rehearsedAssignment } from '../rehearsal/gradebook-exports.ts'
import { accessRole, makeClass } from '../rehearsal/make-class.ts'
import { counted } from '../show/count.ts'
import { writeJson } from '../show/paper.ts'
import { shownPath } from '../show/problems.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab sandbox class`: a class of accounts to rehearse grading with, and what its verdicts must be. */
export const sandboxClass: Command = async (world, _args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const { students, seed } = options
  const [own] = await openAccounts(sandboxFolder)
  if (!own) throw new TypeError('the sandbox has no account')
  const region = options.region ?? catalogue.region ?? 'us-west-2'
  const { roster, truth } = await makeClass(sandboxFolder, { students, seed, region, grader: own.id })
  const folder = resolve(world.cwd, options.out ?? 'class')
  await mkdir(folder, { recursive: true })
  const files = { roster: join(folder, 'roster.csv'), truth: join(folder, 'truth.jsonl') }
  await writeFile(files.roster, stringify(roster))
  await writeFile(files.truth, truth.map(line => `${JSON.stringify(line)}\n`).join(''))
  const people = roster.slice(1).flatMap(([student]) => student ?? [])
  const most = truth.slice(0, truth.length / Math.max(1, people.length)).reduce((sum, line) => sum + line.maxPoints, 0)
  for (const [name, text] of Object.entries(gradebookExports(people, most))) await writeFile(join(folder, name), text)
  const labs = [...new Set(truth.map(({ lab }) => lab))]
  const shown = { roster: shownPath(files.roster, world.cwd), truth: shownPath(files.truth, world.cwd) }
  if (options.json) {
    writeJson(world, { schemaVersion: 1, exitCode: 0, students, seed, region, labs, assumeRole: accessRole, ...shown })
    return 0
  }
  const lines = [
    `a class of ${counted(students, 'student')} is in the sandbox, ${region}, seed ${seed}`,
    `  ${shown.roster}  who has which account`,
    `  ${shown.truth}  what each verdict must be`,
    `  ${shownPath(join(folder, 'canvas.csv'), world.cwd)}, moodle.csv  gradebooks without marks: --assignment '${rehearsedAssignment}'`,
    `Next: lab verify ${labs.join(' ')} --roster ${shown.roster} --assume-role ${accessRole}`,
  ]
  world.stdout.write(`${lines.join('\n')}\n`)
  return 0
}

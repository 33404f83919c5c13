import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LabSelftest, selftestLab } from '../../runner/selftest/selftest-lab.ts'
import { hideAwsConfiguration } from '../aws-variables.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { freshAccount } from '../grading/fresh-account.ts'
import { interruptible } from '../interrupt.ts'
import { sandboxProgramEnvironment } from '../program-environment.ts'
import { selectLabs } from '../select-labs.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { shownPath } from '../show/problems.ts'
import { selftestLines, selftestSummary } from '../show/selftest-lines.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab selftest`: is the lab a good test? In sandbox accounts of its own, whatever the target; nothing of this folder's account is touched. */
export const selftest: Command = async (world, args, options) => {
  findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const { region } = chooseTarget(world, { ...options, target: 'sandbox' }, catalogue)
  const { asked } = await selectLabs(world, catalogue, args, options.all)
  const env = { ...world.env }
  hideAwsConfiguration(world.env)
  const paper = paperOf(world, options)
  paper.line(`AccessLab · sandbox, an account for each change · ${region}`)
  const programs = await mkdtemp(join(tmpdir(), 'accesslab-selftest-'))
  const begun = performance.now()
  try {
    const environment = await sandboxProgramEnvironment(world, programs)
    const found: LabSelftest[] = []
    await interruptible(world, async signal => {
      const shared = {
        ...{ catalogue, workingFolder: world.cwd, env, version: world.version, signal },
        ...{ overrides: options.var, parallel: options.parallel },
        open: () => freshAccount(programs, region, environment),
      }
      for (const id of asked) {
        const { labs } = await selectLabs(world, catalogue, [id], false)
        for (const lab of labs.filter(each => each.id === id)) {
          const tested = await selftestLab({ ...shared, labs }, lab)
          found.push(tested)
          for (const line of selftestLines(tested, world.cwd, paper)) paper.line(line)
        }
      }
    })
    paper.line()
    for (const line of selftestSummary(found, performance.now() - begun, paper)) paper.line(line)
    const exitCode = found.every(({ passed }) => passed) ? 0 : 1
    if (options.json)
      writeJson(world, { schemaVersion: 1, exitCode, labs: found.map(lab => withShownFiles(lab, world.cwd)) })
    return exitCode
  } finally {
    await rm(programs, { recursive: true, force: true })
  }
}

const withShownFiles = (lab: LabSelftest, cwd: string): LabSelftest => ({
  ...lab,
  statements: lab.statements.map(each => ({ ...each, file: shownPath(each.file, cwd) })),
})

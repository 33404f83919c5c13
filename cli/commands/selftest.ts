import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usageError } from '../../runner/lab-error.ts'
import { type LabSelftest, selftestLab } from '../../runner/selftest/selftest-lab.ts'
import { hideAwsConfiguration } from '../aws-variables.ts'
import { chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { freshAccount } from '../grading/fresh-account.ts'
import { interruptible } from '../interrupt.ts'
import { sandboxProgramEnvironment } from '../program-environment.ts'
import { selectLabs } from '../select-labs.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { selftestLines, summaryLine } from '../show/selftest-lines.ts'
import { shownPath } from '../show/show-error.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab selftest`: is the lab a good test: wrong before its steps, right after them, wrong with any statement changed. Always on the sandbox. */
export const selftest: Command = async (world, args, options) => {
  const { labFolder: _ } = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const { name, region } = chooseTarget(world, { ...options, target: 'sandbox' }, catalogue)
  const { asked } = await selectLabs(world, catalogue, args, options.all)
  if (name !== 'sandbox') throw usageError('`lab selftest` is for the sandbox alone')
  const paper = paperOf(world, options)
  paper.line(`AccessLab · sandbox, an account for each change · ${region}`)
  const env = { ...world.env }
  hideAwsConfiguration(world.env)
  const programs = await mkdtemp(join(tmpdir(), 'accesslab-selftest-'))
  try {
    return await interruptible(world, async signal => {
      const environment = await sandboxProgramEnvironment(world, programs)
      const found: LabSelftest[] = []
      for (const id of asked) {
        const { labs } = await selectLabs(world, catalogue, [id], false)
        const lab = labs.find(each => each.id === id)
        if (!lab) continue
        const engine = { catalogue, workingFolder: world.cwd, env, version: world.version, signal }
        const account = { open: (ended: AbortSignal) => freshAccount(region, ended, environment) }
        const tested = await selftestLab(
          { ...engine, ...account, labs, overrides: options.var, parallel: options.parallel },
          lab,
        )
        found.push(tested)
        for (const line of selftestLines(tested, world.cwd, paper)) paper.line(line)
      }
      paper.line()
      paper.line(summaryLine(found))
      const exitCode = found.every(({ passed }) => passed) ? 0 : 1
      if (options.json) {
        const labs = found.map(lab => ({
          ...lab,
          statements: lab.statements.map(each => ({ ...each, file: shownPath(each.file, world.cwd) })),
        }))
        writeJson(world, { schemaVersion: 1, exitCode, labs })
      }
      return exitCode
    })
  } finally {
    await rm(programs, { recursive: true, force: true })
  }
}

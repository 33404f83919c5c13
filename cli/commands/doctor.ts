import { guardPlan } from '../../runner/engine/guard-changes.ts'
import { planLabs } from '../../runner/engine/plan.ts'
import { plannedSteps } from '../../runner/engine/planned-steps.ts'
import { combine, LabError } from '../../runner/lab-error.ts'
import { type ChosenTarget, chooseTarget } from '../choose-target.ts'
import type { Command } from '../command.ts'
import { clock, expiry, guarded, identities, orphans } from '../doctor/account.ts'
import { type Finding, problem } from '../doctor/finding.ts'
import { folderLock, leftovers } from '../doctor/folder.ts'
import { awsCli, nodeVersion, readableSecrets } from '../doctor/machine.ts'
import { permissions } from '../doctor/permissions.ts'
import { quotas } from '../doctor/quotas.ts'
import { findingLines } from '../doctor/show.ts'
import { fromWorld } from '../engine-options.ts'
import { interruptible } from '../interrupt.ts'
import { guardOf, openToLook } from '../open-target.ts'
import type { Options } from '../options.ts'
import { type Selected, selectLabs } from '../select-labs.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { catalogueOf, findWorkplace, type Workplace } from '../workplace.ts'
import type { World } from '../world.ts'

/** `lab doctor`: is this machine and account ready for the labs; each finding with its mend. Sends reads only. */
export const doctor: Command = async (world, args, options) => {
  const workplace = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const chosen = chooseTarget(world, options, catalogue)
  const selected = await selectLabs(world, catalogue, args, args.length === 0 || options.all)
  const outside = fromWorld(world, workplace)
  const machine = [
    nodeVersion(process.versions.node),
    await awsCli(world, workplace),
    ...(await readableSecrets(workplace, outside.userCredentialsFile)),
    await folderLock(workplace.labFolder),
    await leftovers(workplace.labFolder),
  ]
  const { account, findings } = await lookAtAccount(world, { options, workplace, catalogue, chosen, selected, outside })
  const all = [...machine, ...findings]
  const exitCode = combine(all.map(finding => finding.exitCode))
  if (options.json) {
    const told = all.map(({ check, status, says, mend }) => ({ check, status, says, mend }))
    const { name: target, region } = chosen
    writeJson(world, {
      schemaVersion: 1,
      exitCode,
      ready: exitCode === 0,
      target,
      accountId: account,
      region,
      findings: told,
    })
    return exitCode
  }
  const paper = paperOf(world, options)
  const where = ['AccessLab', chosen.name, ...(account === null ? [] : [`account ${account}`]), chosen.region]
  for (const line of [paper.colours.strong(where.join(' · ')), '', ...findingLines(all, paper)]) paper.line(line)
  return exitCode
}

interface Look {
  options: Options
  workplace: Workplace
  catalogue: Awaited<ReturnType<typeof catalogueOf>>
  chosen: ChosenTarget
  selected: Selected
  outside: ReturnType<typeof fromWorld>
}

/** Without credentials or an answer the rest cannot be looked at. */
async function lookAtAccount(world: World, look: Look): Promise<{ account: string | null; findings: Finding[] }> {
  const { options, workplace, catalogue, chosen, selected, outside } = look
  return interruptible(world, async signal => {
    const opened = await openToLook(world, workplace, catalogue, chosen, selected.labs).catch(error => {
      if (!(error instanceof LabError)) throw error
      return error
    })
    if (opened instanceof LabError)
      return { account: null, findings: [problem('credentials', opened.message, opened.hint)] }
    const { target, close } = opened
    const { account } = target.place
    const { labs, asked } = selected
    const planned = { labs, asked, overrides: options.var }
    try {
      const steps = plannedSteps({
        ...planned,
        ...{ catalogue, account, target: chosen.name, region: chosen.region, env: world.env },
      })
      const findings = [
        await expiry(target),
        await guarded(target, async () => {
          await guardOf(world, catalogue)(target)
          guardPlan({ ...planned, ...outside, target, catalogue })
        }),
        await clock(target, signal),
        ...identities(target, planLabs(labs, { asked, overrides: options.var, suffix: '' })),
        ...(await permissions(target, steps)),
        ...(await quotas(target, steps)),
        await orphans({ ...outside, target, catalogue, signal, emit: () => {} }),
      ]
      return { account, findings }
    } finally {
      await close()
    }
  })
}

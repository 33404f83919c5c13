import type { Finding } from '../../runner/check/finding.ts'
import type { ExitCode } from '../../runner/lab-error.ts'
import type { PagesChecked } from '../../runner/pages/check/check-pages.ts'
import { showFindings, summaryOf } from '../check/finding-lines.ts'
import { docsOf, exitCodeOf, shownFinding } from '../check/findings-json.ts'
import { type LabsToCheck, labsToCheck } from '../check/labs-to-check.ts'
import type { Command } from '../command.ts'
import { isPage } from '../pages/select-with-pages.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { catalogueOf, findWorkplace, type Workplace } from '../workplace.ts'

/** `lab check`: what is wrong in labs (ids, lab.yaml or labs.yaml files; none: the whole catalogue), without running them. */
export const check: Command = async (world, args, options) => {
  const workplace = findWorkplace(world, options.config)
  const found = () => catalogueOf(world, options.config)
  const { checkLabs } = await import('../../runner/check/check-labs.ts')
  const checked = await Promise.all(
    (await targets(world.cwd, args, found)).map(({ catalogue, ids }) => checkLabs(catalogue, ids)),
  )
  const labs = [...new Set(checked.flatMap(each => each.labs))]
  const pages = await pagesChecked(world.cwd, workplace, args, found)
  const all = [...checked, pages].flatMap(each => each.findings)
  const findings = unique(all).map(each => shownFinding(each, world.cwd))
  const suppressed = [...checked, pages].reduce((sum, each) => sum + each.suppressed, 0)
  const exitCode: ExitCode = exitCodeOf(findings)
  if (options.json)
    writeJson(world, {
      schemaVersion: 1,
      exitCode,
      ...errorOf(findings),
      labs,
      ...(pages.ids.length > 0 ? { pages: pages.ids } : {}),
      findings,
      suppressed,
    })
  const paper = paperOf(world, options)
  showFindings(paper, findings)
  if (!options.json) paper.line(summaryOf(findings, labs.length, suppressed, pages.ids.length))
  return exitCode
}

async function targets(
  cwd: string,
  args: readonly string[],
  found: () => ReturnType<typeof catalogueOf>,
): Promise<LabsToCheck[]> {
  if (args.length > 0) return Promise.all(args.filter(arg => !isPage(arg)).map(arg => labsToCheck(cwd, arg, found)))
  const catalogue = await found()
  return [{ catalogue, ids: catalogue.labs }]
}

/** Pages named, or, where nothing is, those of labs.yaml. */
async function pagesChecked(
  cwd: string,
  workplace: Workplace,
  args: readonly string[],
  found: () => ReturnType<typeof catalogueOf>,
): Promise<PagesChecked & { ids: readonly string[] }> {
  const named = args.filter(isPage)
  const none = { findings: [], suppressed: 0, ids: [] }
  if (args.length > 0 && named.length === 0) return none
  const catalogue = await found()
  if (named.length === 0 && catalogue.pages.length === 0) return none
  const { checkPageFiles } = await import('../pages/check-files.ts')
  return checkPageFiles(cwd, workplace, catalogue, named)
}

const unique = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map(each => [JSON.stringify([each.rule, each.place, each.message]), each])).values(),
]

/** The first error, as every command's `--json` gives it. */
function errorOf(findings: readonly ReturnType<typeof shownFinding>[]) {
  const first = findings.find(({ severity }) => severity === 'error')
  if (!first) return {}
  const { rule, message, file, line, column, hint } = first
  return { error: { code: rule, message, file, line, column, hint: hint ?? `see ${docsOf(rule)}` } }
}

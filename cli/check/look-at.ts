import { checkLabs, definitionFindings } from '../../runner/check/check-labs.ts'
import type { Finding } from '../../runner/check/finding.ts'
import type { Catalogue } from '../../runner/definition/index.ts'
import { isPage } from '../pages/is-page.ts'
import type { Workplace } from '../workplace.ts'
import { labsToCheck } from './labs-to-check.ts'

/** What `lab check` has looked at, and what it found. */
export interface Looked {
  labs: readonly string[]
  pages: readonly string[]
  findings: readonly Finding[]
  /** How many a comment has taken back. */
  suppressed: number
}

/** Checks the labs and pages that are named; none: the whole catalogue. A labs.yaml that cannot be read is a finding too. */
export async function lookAt(
  cwd: string,
  workplace: Workplace,
  args: readonly string[],
  found: () => Promise<Catalogue>,
): Promise<Looked> {
  const named = args.filter(arg => !isPage(arg))
  const labs = await Promise.all(
    args.length === 0
      ? [
          found()
            .then(catalogue => checkLabs(catalogue, catalogue.labs))
            .catch(definitionFindings),
        ]
      : named.map(async arg =>
          labsToCheck(cwd, arg, found)
            .then(({ catalogue, ids }) => checkLabs(catalogue, ids))
            .catch(definitionFindings),
        ),
  )
  const pages = await pagesChecked(cwd, workplace, args, found)
  const all = [...labs, pages]
  return {
    labs: [...new Set(labs.flatMap(each => each.labs))],
    pages: pages.ids,
    findings: unique(all.flatMap(each => each.findings)),
    suppressed: all.reduce((sum, each) => sum + each.suppressed, 0),
  }
}

/** Pages named, or, where nothing is, those of labs.yaml. */
async function pagesChecked(
  cwd: string,
  workplace: Workplace,
  args: readonly string[],
  found: () => Promise<Catalogue>,
): Promise<{ findings: readonly Finding[]; suppressed: number; ids: readonly string[] }> {
  const named = args.filter(isPage)
  const none = { findings: [], suppressed: 0, ids: [] }
  if (args.length > 0 && named.length === 0) return none
  // A labs.yaml that cannot be read has been told already.
  const catalogue = named.length > 0 ? await found() : await found().catch(() => null)
  if (catalogue === null || (named.length === 0 && catalogue.pages.length === 0)) return none
  const { checkPageFiles } = await import('../pages/check-files.ts')
  return checkPageFiles(cwd, workplace, catalogue, named)
}

const unique = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map(each => [JSON.stringify([each.rule, each.place, each.message]), each])).values(),
]

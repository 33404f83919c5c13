import { dirname } from 'node:path'
import { type Catalogue, DefinitionError, labFile, type Problem } from '../definition/index.ts'
import type { CheckedLab } from './checked-lab.ts'
import { checkedLabs } from './checked-labs.ts'
import { commentFindings } from './comments.ts'
import type { Finding } from './finding.ts'
import type { Rule } from './rule.ts'
import { labRules } from './rules/index.ts'
import { speaksOf, suppressionsIn } from './suppressions.ts'

export interface Checked {
  /** Ids of the labs looked at. */
  labs: readonly string[]
  /** By file, then place. */
  findings: readonly Finding[]
  /** How many a comment has taken back. */
  suppressed: number
}

/**
 * Checks labs of a catalogue: what keeps them from being loaded, and where that is nothing, what the rules find. The other labs of the catalogue
 * are read too, for what they share; what is wrong with those is not told.
 */
export async function checkLabs(catalogue: Catalogue, ids: readonly string[]): Promise<Checked> {
  const { labs, inspected } = await checkedLabs(catalogue)
  const wanted = new Set(ids.flatMap(id => [id, ...(inspected.order.find(each => each.id === id)?.needed ?? [])]))
  const folders = [...wanted].map(id => dirname(labFile(catalogue, id)))
  const definition = inspected.problems
    .filter(({ place: { file } }) => ids.length === catalogue.labs.length || isIn(file, folders))
    .map(findingOf)
  const found = ids.flatMap(id => {
    const lab = labs.get(id)
    return lab ? ruled(lab) : []
  })
  return {
    labs: [...new Set(ids)],
    findings: inOrder([...definition, ...found.flatMap(each => each.findings)]),
    suppressed: found.reduce((sum, each) => sum + each.suppressed, 0),
  }
}

const isIn = (file: string, folders: readonly string[]): boolean =>
  folders.some(folder => file.startsWith(`${folder}/`) || file.startsWith(`${folder}\\`))

/** A problem of the definition as a finding: nothing takes it back, since the lab cannot be loaded. */
export const findingOf = ({ rule = 'definition', place, message, hint }: Problem): Finding => ({
  rule,
  severity: 'error',
  place,
  message,
  hint,
})

/** What kept a labs.yaml from being read, as findings. Throws what is no definition error. */
export function definitionFindings(error: unknown): Checked {
  if (!(error instanceof DefinitionError)) throw error
  return { labs: [], findings: error.problems.map(findingOf), suppressed: 0 }
}

const findingsOf = <Subject>({ id, severity, check }: Rule<Subject>, subject: Subject): Finding[] =>
  check(subject).map(found => ({ ...found, rule: id, severity }))

function ruled(lab: CheckedLab): { findings: Finding[]; suppressed: number } {
  const all = inOrder(labRules.flatMap(rule => findingsOf(rule, lab)))
  const comments = suppressionsIn(lab.source.file, lab.source.text)
  const told = all.filter(finding => !comments.some(comment => speaksOf(comment, finding)))
  const idle = comments.filter(comment => !all.some(finding => speaksOf(comment, finding)))
  return { findings: [...told, ...commentFindings(comments, idle)], suppressed: all.length - told.length }
}

/** By file and place; the same thing said twice, once. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const unique = new Map<string, Finding>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.place, finding.message])
    if (!unique.has(key)) unique.set(key, finding)
  }
  return [...unique.values()].sort(
    ({ place: a }, { place: b }) =>
      Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
  )
}

import { LabError } from '../lab-error.ts'
import type { StepKind } from '../steps/step-kind.ts'
import { checkReferences } from './check-references.ts'
import { checkTemplates } from './check-templates.ts'
import { DefinitionError, type Problem } from './definition-error.ts'
import type { Catalogue, Lab } from './lab.ts'
import { labFile } from './load-catalogue.ts'
import { didYouMean } from './nearest-name.ts'
import { orderOfNeeds } from './needs.ts'
import { operationTable } from './operations.ts'
import { type ReadLab, readLab } from './read-lab.ts'

/** What a definition is checked against besides the files. */
export interface LoadOptions {
  /** Variables of the environment, for `{{env.X}}`; not given: which are set is not checked. */
  env?: Readonly<Record<string, string | undefined>> | undefined
  /** What `--var` gives; not given: a var without a value is not checked. */
  vars?: Readonly<Record<string, unknown>> | undefined
}

/** One lab of the catalogue, checked by itself. Throws DefinitionError with all problems of its files. */
export async function loadLab(catalogue: Catalogue, id: string, kinds: readonly StepKind[]): Promise<Lab> {
  known(catalogue, id)
  const { lab, problems } = await readLab(labFile(catalogue, id), id, kinds, `labs/${id}/lab.yaml`)
  if (lab === null || problems.length > 0) throw new DefinitionError(inOrder(problems))
  return lab
}

/** Labs as far as they could be read, in the order of their needs, with everything that is wrong. */
export interface InspectedLabs {
  order: readonly { id: string; needed: readonly string[] }[]
  read: ReadonlyMap<string, ReadLab>
  problems: readonly Problem[]
}

/**
 * The labs asked for and all that they need, each once, what is needed first; otherwise in the order asked for. Checks each lab and what it
 * says of others: needs, templates, `as`, `supersedes`. Throws DefinitionError with all problems of all files, LabError (usage) for an id
 * that is not in the catalogue.
 */
export async function loadLabs(
  catalogue: Catalogue,
  ids: readonly string[],
  kinds: readonly StepKind[],
  options: LoadOptions = {},
): Promise<Lab[]> {
  const { order, read, problems } = await inspectLabs(catalogue, ids, kinds, options)
  if (problems.length > 0) throw new DefinitionError(problems)
  return order.flatMap(({ id }) => read.get(id)?.lab ?? [])
}

/** As `loadLabs`, but hands out the problems with what could be read. Throws LabError (usage) for an id that is not in the catalogue. */
export async function inspectLabs(
  catalogue: Catalogue,
  ids: readonly string[],
  kinds: readonly StepKind[],
  options: LoadOptions = {},
): Promise<InspectedLabs> {
  for (const id of ids) known(catalogue, id)
  const read = await readWithNeeds(catalogue, ids, kinds)
  const { order, problems } = orderOfNeeds(ids, read, catalogue)
  problems.push(...[...read.values()].flatMap(each => each.problems))
  const operations = await operationTable()
  for (const { id, needed } of order) {
    const lab = read.get(id)?.lab
    // What an unreadable lab would have given is not held against those that need it.
    const needs = needed.map(each => read.get(each)?.lab ?? null)
    if (!lab || needs.includes(null) || needed.some(each => read.get(each)?.source === null)) continue
    const context = {
      kinds,
      operations,
      identities: Object.keys(catalogue.identities),
      needed: needs.filter(each => each !== null),
      env: options.env ?? null,
      given: options.vars ? Object.keys(options.vars) : null,
    }
    const source = read.get(id)?.source ?? null
    problems.push(...checkTemplates(lab, context), ...checkReferences(lab, context, source))
  }
  return { order, read, problems: inOrder(problems) }
}

async function readWithNeeds(
  catalogue: Catalogue,
  ids: readonly string[],
  kinds: readonly StepKind[],
): Promise<Map<string, ReadLab>> {
  const read = new Map<string, ReadLab>()
  let wanted = [...new Set(ids)]
  while (wanted.length > 0) {
    const found = await Promise.all(wanted.map(id => readLab(labFile(catalogue, id), id, kinds, `labs/${id}/lab.yaml`)))
    wanted.forEach((id, index) => {
      const each = found[index]
      if (each) read.set(id, each)
    })
    const next = found.flatMap(({ lab }) => lab?.needs ?? [])
    wanted = [...new Set(next)].filter(id => !read.has(id) && catalogue.labs.includes(id))
  }
  return read
}

function known(catalogue: Catalogue, id: string): void {
  if (catalogue.labs.includes(id)) return
  throw new LabError(2, 'unknown-lab', `there is no lab \`${id}\``, didYouMean(id, catalogue.labs, 'the labs are'))
}

/** By file, then place; the same thing said twice, once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map(problem => [JSON.stringify([problem.place, problem.message]), problem]))
  return [...unique.values()].sort(
    ({ place: a }, { place: b }) =>
      Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
  )
}

import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Catalogue, type InspectedLabs, inspectLabs, type Lab } from '../definition/index.ts'
import { rawSteps } from '../definition/raw-steps.ts'
import type { YamlSource } from '../definition/read-yaml.ts'
import { plannedSteps } from '../engine/planned-steps.ts'
import { stepKind, stepKinds } from '../steps/index.ts'
import { documentsOf } from './checked-document.ts'
import type { CheckedLab, CheckedStep } from './checked-lab.ts'
import { type ActionTable, actionTable } from './iam/action-table.ts'
import { labFiles } from './lab-files.ts'

type Making = { -readonly [Key in keyof CheckedLab]: CheckedLab[Key] }

/** Every lab of the catalogue that can be read, as can be all that need it, with those that it needs and that need it; and what was read. */
export async function checkedLabs(
  catalogue: Catalogue,
): Promise<{ labs: ReadonlyMap<string, CheckedLab>; inspected: InspectedLabs }> {
  const [inspected, iam] = await Promise.all([inspectLabs(catalogue, catalogue.labs, stepKinds), actionTable()])
  const { order, read, problems } = inspected
  const faulty = new Set(problems.map(({ place }) => place.file))
  const made = new Map<string, Making>()
  for (const { id, needed } of order) {
    const each = read.get(id)
    const needs = needed.map(need => made.get(need))
    if (!each?.lab || !each.source || needs.includes(undefined) || isFaulty(each.lab, faulty)) continue
    const found = needs.filter(need => need !== undefined)
    made.set(id, await checkedLab(catalogue, each.lab, each.source, found, iam))
  }
  for (const lab of made.values()) {
    const all = [...made.values()].filter(other => other !== lab)
    lab.dependents = all.filter(other => other.needed.includes(lab))
    const related = [...lab.needed, ...lab.dependents, lab]
    lab.strangers = all.filter(other => !related.includes(other))
  }
  // What an unreadable lab would have used is not held against those that it may need.
  const unread = order.filter(({ id }) => !made.has(id))
  const unsure = (id: string) => unread.some(each => !read.get(each.id)?.lab || each.needed.includes(id))
  return { labs: new Map([...made].filter(([id]) => !unsure(id))), inspected }
}

const isFaulty = ({ file, folder }: Lab, faulty: ReadonlySet<string>): boolean =>
  [...faulty].some(each => each === file || each.startsWith(`${folder}/`) || each.startsWith(`${folder}\\`))

async function checkedLab(
  catalogue: Catalogue,
  lab: Lab,
  source: YamlSource,
  needed: readonly CheckedLab[],
  iam: ActionTable,
): Promise<Making> {
  const steps = stepsOf(catalogue, lab, source, needed)
  return {
    ...{ catalogue, lab, source, steps, needed, iam },
    documents: steps.flatMap(step => documentsOf(step, source)),
    files: await labFiles(lab.folder),
    schema: schemaFor(catalogue.folder, lab.folder),
    dependents: [],
    strangers: [],
  }
}

/** In a checkout of this project, or where its package is installed beside the labs. */
function schemaFor(root: string, folder: string): string | null {
  const found = ['schema', 'node_modules/accesslab/schema']
    .map(place => join(root, place, 'lab.schema.json'))
    .find(file => existsSync(file))
  return found === undefined ? null : relative(folder, found).replaceAll('\\', '/')
}

function stepsOf(catalogue: Catalogue, lab: Lab, source: YamlSource, needed: readonly CheckedLab[]): CheckedStep[] {
  const planned = plannedSteps({
    catalogue,
    labs: [...needed.map(each => each.lab), lab],
    asked: [lab.id],
    target: 'sandbox',
    region: catalogue.region ?? 'us-west-2',
    overrides: {},
    env: {},
  }).filter(each => each.lab.id === lab.id)
  const raw = rawSteps(source.data)
  return planned.flatMap(({ step, resource, ahead }, index) => {
    const kind = stepKind(step.kind)
    const written = raw[index]
    if (!kind || !written) return []
    const at: CheckedStep['at'] = (path = [], part) => source.place([...written.path, ...path], part)
    return [{ step, raw: written.data, kind, lab: lab.id, group: written.group, resource, ahead, at }]
  })
}

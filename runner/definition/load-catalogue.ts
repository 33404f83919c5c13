import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { LabError } from '../lab-error.ts'
import { milliseconds } from '../steps/fields.ts'
import { type CatalogueData, catalogueSchema } from './catalogue-schema.ts'
import { DefinitionError, type Problem } from './definition-error.ts'
import type { Catalogue, PageEntry, Timings } from './lab.ts'
import { isMap } from './raw-steps.ts'
import { maxYaml } from './read-lab.ts'
import { readText } from './read-text.ts'
import { readYaml, type YamlSource } from './read-yaml.ts'
import { schemaProblems } from './schema-problems.ts'

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    found => found.isFile(),
    () => false,
  )

/** Path of the file of a lab of the catalogue. */
export const labFile = (catalogue: Pick<Catalogue, 'folder'>, id: string): string =>
  join(catalogue.folder, 'labs', id, 'lab.yaml')

/**
 * The catalogue for a working folder: `explicit` when given, else `labs.yaml` in the folder or the nearest above it, else `packaged` (the one
 * that ships; its `file` is then null). Throws DefinitionError with all problems of the file, LabError (usage) where there is none.
 */
export async function findCatalogue(from: string, explicit?: string, packaged?: string): Promise<Catalogue> {
  if (explicit !== undefined) return loadCatalogue(resolve(from, explicit), explicit)
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, 'labs.yaml')
    if (await isFile(file)) return loadCatalogue(file, 'labs.yaml')
    if (folder === dirname(folder)) break
  }
  if (packaged !== undefined) return { ...(await loadCatalogue(resolve(packaged))), file: null }
  throw new LabError(
    2,
    'usage',
    'there is no `labs.yaml` in this folder or above it',
    'say where it is with --config FILE',
  )
}

/** labs.yaml of a path, checked, defaults filled in. `name` is how the person wrote it. */
export async function loadCatalogue(file: string, name: string = file): Promise<Catalogue> {
  const { source, problems } = readYaml(file, await readText(file, maxYaml, name))
  if (source === null) throw new DefinitionError(problems)
  problems.push(
    ...schemaProblems(source, catalogueSchema),
    ...durations(source),
    ...repeated(source),
    ...(await absent(source, dirname(file))),
  )
  const parsed = catalogueSchema.safeParse(source.data)
  if (problems.length > 0 || !parsed.success) throw new DefinitionError(problems)
  return { ...filled(parsed.data), file, folder: dirname(file) }
}

const seconds = 1000
const defaults: Timings = { within: 60 * seconds, stays: 5 * seconds }

function filled(data: CatalogueData): Omit<Catalogue, 'file' | 'folder'> {
  const region = data.region ?? 'us-west-2'
  return {
    labs: data.labs,
    pages: (data.pages ?? []).map(pageEntry),
    target: data.target ?? null,
    region,
    timings: { within: data.timings?.within ?? defaults.within, stays: data.timings?.stays ?? defaults.stays },
    identities: data.identities ?? {},
    guard: {
      accounts: data.guard?.accounts ?? [],
      regions: data.guard?.regions ?? [region],
      alias: data.guard?.alias ?? null,
    },
    created: {
      path: data.created?.path ?? '/',
      permissionsBoundary: data.created?.['permissions-boundary'] ?? null,
      tags: data.created?.tags ?? {},
    },
  }
}

function pageEntry(written: NonNullable<CatalogueData['pages']>[number]): PageEntry {
  if (typeof written === 'string') return { page: written, needs: null, env: {} }
  const env = Object.entries(written.env ?? {}).map(([name, value]) => [name, String(value)])
  return { page: written.page, needs: written.needs ?? null, env: Object.fromEntries(env) }
}

const labIds = (source: YamlSource): unknown[] => (Array.isArray(source.data.labs) ? source.data.labs : [])

function repeated(source: YamlSource): Problem[] {
  return labIds(source).flatMap((id, index, all) =>
    all.indexOf(id) === index
      ? []
      : [
          {
            place: source.place(['labs', index]),
            message: `lab \`${String(id)}\` is listed twice`,
            hint: null,
            rule: 'lab-listed-twice',
          },
        ],
  )
}

async function absent(source: YamlSource, folder: string): Promise<Problem[]> {
  const checked = labIds(source).map(async (id, index): Promise<Problem[]> => {
    if (typeof id !== 'string' || !/^[a-z0-9-]+$/.test(id) || (await isFile(labFile({ folder }, id)))) return []
    return [
      {
        place: source.place(['labs', index]),
        message: `lab \`${id}\` has no file \`labs/${id}/lab.yaml\``,
        hint: `make it with \`lab init ${id}\`, or take it out of the list`,
        rule: 'lab-without-file',
      },
    ]
  })
  return (await Promise.all(checked)).flat()
}

/** A `stays` longer than its `within` can never be met. */
function durations(source: YamlSource): Problem[] {
  const timings = isMap(source.data.timings) ? source.data.timings : {}
  const [within, stays] = [timings.within, timings.stays].map(value =>
    typeof value === 'string' ? milliseconds(value) : Number.NaN,
  )
  if (within === undefined || stays === undefined || !(within < stays)) return []
  return [
    {
      place: source.place(['timings', 'stays']),
      message: '`stays` is longer than `within`',
      hint: 'an outcome must come, and hold, within the time',
      rule: 'stays-beyond-within',
    },
  ]
}

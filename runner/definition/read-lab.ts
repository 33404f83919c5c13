import { dirname } from 'node:path'
import type { StepKind } from '../steps/step-kind.ts'
import { checkCalls } from './check-calls.ts'
import { checkSteps } from './check-steps.ts'
import { DefinitionError, type Problem } from './definition-error.ts'
import type { Lab, Step } from './lab.ts'
import { labSchema } from './lab-schema.ts'
import { makeStep } from './make-step.ts'
import { isMap, type RawStep, rawSteps, stepIds } from './raw-steps.ts'
import { readText } from './read-text.ts'
import { readYaml, type YamlSource } from './read-yaml.ts'
import { schemaProblems } from './schema-problems.ts'
import { withDocuments } from './step-documents.ts'
import { usesOfEnv, usesOfStep } from './template-uses.ts'

export const maxYaml = 1024 * 1024

/** A lab as far as it could be made, and everything that is wrong in its own files. */
export interface ReadLab {
  lab: Lab | null
  source: YamlSource | null
  problems: Problem[]
}

/** Reads lab.yaml and its documents. `name` is how the person knows the file. What concerns other labs is checked by `loadLabs`. */
export async function readLab(file: string, id: string, kinds: readonly StepKind[], name?: string): Promise<ReadLab> {
  let text: string
  try {
    text = await readText(file, maxYaml, name)
  } catch (error) {
    if (error instanceof DefinitionError) return { lab: null, source: null, problems: [...error.problems] }
    throw error
  }
  return readLabText(file, text, id, kinds)
}

export async function readLabText(
  file: string,
  text: string,
  id: string,
  kinds: readonly StepKind[],
): Promise<ReadLab> {
  const { source, problems } = readYaml(file, text)
  if (source === null) return { lab: null, source, problems }
  const raw = rawSteps(source.data)
  const ofSteps = checkSteps(source, raw, kinds)
  const ofSchema = schemaProblems(source, labSchema(kinds), withEmptyFields(source.data, kinds))
  problems.push(...ofSchema.filter(each => !isSaid(each, ofSteps)), ...ofSteps, ...checkId(source, id))
  problems.push(...(await checkCalls(source, raw, kinds)))
  const folder = dirname(file)
  const ids = stepIds(raw)
  const steps = await Promise.all(
    raw.map(async (each, index) => {
      const kind = kinds.find(known => known.kind === each.kinds[0])
      const written = each.data[each.kinds[0] ?? ''] ?? {}
      const at = [...each.path, each.kinds[0] ?? '']
      const fields = kind
        ? await withDocuments(written, at, { source, folder, schema: kind.schema, problems })
        : written
      return makeStep(each, ids[index] ?? '', fields, source)
    }),
  )
  const lab = makeLab(source, id, raw, steps, folder)
  return { lab, source, problems: [...problems, ...checkMinimum(source, lab)] }
}

/** An empty `deny:` is told as what it is, a denial without a reason, and not as an empty text too. */
const isSaid = ({ place }: Problem, others: readonly Problem[]): boolean =>
  others.some(
    ({ rule, place: { line, column } }) =>
      rule === 'denial-without-reason' && line === place.line && column === place.column,
  )

/** `get-caller-identity:` with nothing after it means no fields. */
function withEmptyFields(value: unknown, kinds: readonly StepKind[]): unknown {
  if (Array.isArray(value)) return value.map(each => withEmptyFields(each, kinds))
  if (!isMap(value)) return value
  const filled: Record<string, unknown> = { ...value }
  for (const key of ['steps', 'parallel']) if (key in value) filled[key] = withEmptyFields(value[key], kinds)
  for (const { kind } of kinds) if (filled[kind] === null) filled[kind] = {}
  return filled
}

function checkId(source: YamlSource, id: string): Problem[] {
  if (typeof source.data.id !== 'string' || source.data.id === id) return []
  return [
    {
      place: source.place(['id']),
      message: `the id is \`${source.data.id}\`, expected the name of its folder, \`${id}\``,
      hint: `write \`id: ${id}\` or rename the folder`,
      rule: 'id-not-folder',
    },
  ]
}

function checkMinimum(source: YamlSource, lab: Lab): Problem[] {
  const points = lab.groups.flat().reduce((sum, step) => sum + step.points, 0)
  if (lab.minimum === undefined || lab.minimum <= points) return []
  return [
    {
      place: source.place(['minimum']),
      message: `\`minimum\` is \`${lab.minimum}\`, expected at most the ${points} points of the steps`,
      hint: null,
      rule: 'minimum-out-of-reach',
    },
  ]
}

const mapOf = (value: unknown): Record<string, unknown> => (isMap(value) ? { ...value } : {})
const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(mapOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function makeLab(source: YamlSource, id: string, raw: readonly RawStep[], steps: readonly Step[], folder: string): Lab {
  const { data, file } = source
  const groups = new Map<number, Step[]>()
  steps.forEach((step, index) => {
    const group = raw[index]?.group ?? index
    groups.set(group, [...(groups.get(group) ?? []), step])
  })
  const uses = raw.flatMap((each, index) => (steps[index] ? usesOfStep(source, each, steps[index]) : []))
  return {
    id,
    title: textOf(data.title) ?? id,
    description: textOf(data.description),
    source: textOf(data.source),
    needs: Array.isArray(data.needs) ? data.needs.filter(each => typeof each === 'string') : [],
    names: textsOf(data.names),
    vars: mapOf(data.vars),
    env: textsOf(data.env),
    groups: [...groups.values()],
    ...(typeof data.minimum === 'number' ? { minimum: data.minimum } : {}),
    templates: [...usesOfEnv(source), ...uses],
    file,
    folder,
  }
}

import type * as z from 'zod'
import { DefinitionError, type Problem } from './definition-error.ts'
import { loadDocument } from './load-document.ts'
import { didYouMean } from './nearest-name.ts'
import { isMap } from './raw-steps.ts'
import type { YamlSource } from './read-yaml.ts'
import { schemasAt, takesDocument } from './schema-walk.ts'
import type { Path } from './yaml-place.ts'

interface Loading {
  source: YamlSource
  folder: string
  schema: z.ZodType
  problems: Problem[]
}

/**
 * A step's fields with each `{ file, answer }` at a document field replaced by the loaded FileDocument. `at` is the path of the fields in the
 * YAML file. Faults of documents are added to `problems`.
 */
export async function withDocuments(fields: unknown, at: Path, loading: Loading): Promise<unknown> {
  return load(fields, [], at, loading)
}

async function load(value: unknown, path: Path, at: Path, loading: Loading): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each, index) => load(each, [...path, index], at, loading)))
  if (!isMap(value)) return value
  if (typeof value.file === 'string' && takesDocument(schemasAt(loading.schema, path))) {
    return fromFile(value, [...at, ...path], loading)
  }
  const entries = Object.entries(value).map(
    async ([key, each]) => [key, await load(each, [...path, key], at, loading)] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

async function fromFile(
  value: Record<string, unknown>,
  at: Path,
  { source, folder, problems }: Loading,
): Promise<unknown> {
  for (const key of Object.keys(value)) {
    if (key === 'file' || key === 'answer') continue
    problems.push({
      place: source.place([...at, key], 'key'),
      message: `unknown key \`${key}\` beside \`file\``,
      hint: didYouMean(key, ['file', 'answer']),
      rule: 'unknown-key',
    })
  }
  if (value.answer !== undefined && typeof value.answer !== 'boolean') {
    problems.push({
      place: source.place([...at, 'answer']),
      message: '`answer` is not true or false',
      hint: null,
      rule: 'wrong-value',
    })
  }
  try {
    return await loadDocument(folder, String(value.file), value.answer === true, source.place([...at, 'file']))
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    problems.push(...error.problems)
    return value
  }
}

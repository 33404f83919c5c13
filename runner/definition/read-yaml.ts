import { type Document, parseAllDocuments } from 'yaml'
import type { Problem } from './definition-error.ts'
import type { Place } from './lab.ts'
import { positionsIn } from './text-position.ts'
import { severalDocuments, yamlFault } from './yaml-fault.ts'
import { offsetAt, type Path, rangeAt, scalarRanges } from './yaml-place.ts'
import { type YamlFault, yamlValue } from './yaml-value.ts'

/** A YAML file as plain values that know where they are written. */
export interface YamlSource {
  file: string
  text: string
  data: Readonly<Record<string, unknown>>
  /** Where the key or the value at a path is written; where there is none, the nearest thing above it. */
  place(path: Path, part?: 'key' | 'value'): Place
  placeOf(offset: number): Place
  /** Offsets in the text of the key or the value at a path; null where there is none. */
  range(path: Path, part?: 'key' | 'value'): readonly [number, number] | null
  /** Source texts of all scalars at and under a path, with the offset of each. */
  scalars(path: Path): { text: string; offset: number }[]
}

/**
 * Reads YAML 1.2 (core schema) text of a file into one map. Refuses duplicate keys, several documents, merge keys, tags, alias bombs,
 * and a root that is not a map. `source` is null where nothing could be made of the text.
 */
export function readYaml(file: string, text: string): { source: YamlSource | null; problems: Problem[] } {
  const position = positionsIn(text)
  const placeOf = (offset: number): Place => ({ file, ...position(Math.min(offset, text.length)) })
  const faults: YamlFault[] = []
  const problems = (): Problem[] =>
    faults.map(({ offset, message, hint, rule = 'yaml-syntax' }) => ({ place: placeOf(offset), message, hint, rule }))

  const document = parse(text, faults)
  if (document === null) return { source: null, problems: problems() }
  const data = yamlValue(document, faults)
  if (data === null || typeof data !== 'object' || Array.isArray(data)) {
    if (faults.length === 0)
      faults.push({
        offset: offsetAt(document, [], 'value'),
        message: 'the file does not hold a map',
        hint: 'begin with `key: value` lines',
      })
    return { source: null, problems: problems() }
  }
  const source: YamlSource = {
    file,
    text,
    data: data as Record<string, unknown>,
    place: (path, part = 'value') => placeOf(offsetAt(document, path, part)),
    placeOf,
    range: (path, part = 'value') => rangeAt(document, path, part),
    scalars: path => scalarRanges(document, path).map(([from, to]) => ({ text: text.slice(from, to), offset: from })),
  }
  return { source, problems: problems() }
}

/** The one document of the text, or null when a fault leaves nothing to go on with. */
function parse(text: string, faults: YamlFault[]): Document | null {
  let documents: Document[]
  try {
    const parsed = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: true, merge: false, version: '1.2' })
    documents = [...parsed] as Document[]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    faults.push({ offset: 0, message: 'values are nested too deep', hint: null, rule: 'yaml-too-large' })
    return null
  }
  const [first, second] = documents
  if (first === undefined) {
    faults.push({ offset: 0, message: 'the file is empty', hint: 'begin with `key: value` lines' })
    return null
  }
  for (const error of [...first.errors, ...first.warnings]) faults.push(yamlFault(error, first, text))
  if (second) {
    const offset = second.range?.[0] ?? 0
    faults.push({ offset, ...severalDocuments })
    return null
  }
  const usable = first.errors.every(error => error.code === 'DUPLICATE_KEY') && first.warnings.length === 0
  return usable ? first : null
}

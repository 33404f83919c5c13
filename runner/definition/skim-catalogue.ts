import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { countSteps } from './skim-steps.ts'
import { type Entry, plainSlugs, plainText, topLevel } from './skim-yaml.ts'

/** What the list of a catalogue shows of a lab. */
export interface SkimmedLab {
  id: string
  title: string
  source: string | null
  steps: number
  points: number
  needs: string[]
}

const catalogueKeys = ['labs', 'pages', 'target', 'region', 'timings', 'identities', 'guard', 'created']
const labKeys = [...['id', 'title', 'description', 'source', 'needs', 'names', 'vars', 'env', 'steps', 'minimum']]

/**
 * The labs of a catalogue as far as a list shows them, without the parser, the schema and the checks. null: something is not there, not
 * known, or not in its plainest form: the full reading says what. The catalogue is looked for as by `findCatalogue`.
 */
export function skimCatalogue(from: string, explicit: string | undefined, packaged: string): SkimmedLab[] | null {
  const file = explicit === undefined ? (nearest(from) ?? packaged) : resolve(from, explicit)
  const entries = read(file, catalogueKeys)
  const ids = entries?.get('labs') && plainSlugs(entries.get('labs') as Entry)
  if (!ids || ids.length === 0) return null
  const labs = ids.map(id => skimLab(join(dirname(file), 'labs', id, 'lab.yaml'), id))
  return labs.every(lab => lab?.needs.every(need => ids.includes(need))) ? (labs as SkimmedLab[]) : null
}

function nearest(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, 'labs.yaml')
    if (existsSync(file)) return file
    if (folder === dirname(folder)) return null
  }
}

function skimLab(file: string, id: string): SkimmedLab | null {
  const entries = read(file, labKeys)
  if (entries === null || entries.get('id')?.text !== id) return null
  const title = entries.get('title')
  const source = entries.get('source')
  const needs = entries.get('needs')
  const steps = entries.get('steps')
  const found = {
    title: title ? plainText(title) : null,
    source: source ? plainText(source) : '',
    needs: needs ? plainSlugs(needs) : [],
    counted: steps?.text === '' ? countSteps(steps.below) : null,
  }
  if (found.title === null || found.source === null || found.needs === null || found.counted === null) return null
  const { steps: count, points } = found.counted
  return { id, title: found.title, source: found.source || null, steps: count, points, needs: found.needs }
}

/** The entries of a file that has none but these. */
function read(file: string, known: readonly string[]): Map<string, Entry> | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  const entries = topLevel(text)
  return entries !== null && [...entries.keys()].every(key => known.includes(key)) ? entries : null
}

/** `needs:` of a lab's text. null: it takes the parser. */
export function skimNeeds(text: string): string[] | null {
  const entries = topLevel(text)
  const needs = entries?.get('needs')
  return entries === null ? null : needs === undefined ? [] : plainSlugs(needs)
}

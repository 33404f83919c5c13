import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { DefinitionError, type Problem } from './definition-error.ts'
import { jsonFault } from './json-syntax.ts'
import type { FileDocument, Place } from './lab.ts'
import { readText } from './read-text.ts'
import { withoutTemplates } from './template.ts'
import { positionsIn } from './text-position.ts'

const limit = 256 * 1024

/**
 * A document of a lab: a JSON file inside the lab's folder (`..`, absolute paths and symbolic links that lead out are refused), UTF-8, at most
 * 256 KiB, JSON once its templates are taken for values. Throws DefinitionError, placed at `place` (where the lab names it), or in the
 * document itself for its own faults.
 */
export async function loadDocument(folder: string, name: string, answer: boolean, place: Place): Promise<FileDocument> {
  const refuse = (message: string, hint: string | null): never => {
    throw new DefinitionError([{ place, message, hint, rule: 'document-not-found' }])
  }
  const hint = 'documents lie in the folder of the lab, such as `policies/trust.json`'
  if (/[\0\\]/.test(name) || isAbsolute(name) || /^[A-Za-z]:/.test(name))
    refuse(`\`${name}\` is not a path inside the folder of the lab`, hint)
  const file = resolve(folder, name)
  if (name.split('/').includes('..') || !inside(folder, file))
    refuse(`\`${name}\` leads out of the folder of the lab`, hint)
  const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(file).catch(() => null)])
  if (realFile === null) return refuse(`there is no file \`${name}\` in the folder of the lab`, hint)
  if (!inside(realFolder, realFile)) refuse(`\`${name}\` is a symbolic link out of the folder of the lab`, hint)
  const text = await readText(realFile, limit, name).catch((error: unknown) => {
    throw error instanceof DefinitionError
      ? new DefinitionError(error.problems.map(problem => placed(problem, place, file)))
      : error
  })
  const fault = jsonFault(withoutTemplates(text))
  if (fault) {
    const message = `\`${name}\` is not JSON: ${fault.message}`
    throw new DefinitionError([
      { place: { file, ...positionsIn(text)(fault.offset) }, message, hint: null, rule: 'document-not-json' },
    ])
  }
  return { document: 'file', file, name, text, answer }
}

/** A fault of the file as a whole is shown where the lab names it; one at a line of the file, there. */
const placed = (problem: Problem, place: Place, file: string): Problem =>
  problem.place.line === 1 && problem.place.column === 1
    ? { ...problem, place }
    : { ...problem, place: { ...problem.place, file } }

function inside(folder: string, file: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

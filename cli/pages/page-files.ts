import { existsSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { glob } from 'tinyglobby'
import type { Catalogue, PageEntry } from '../../runner/definition/index.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Workplace } from '../workplace.ts'

export interface PageFile {
  /** Absolute. */
  file: string
  /** Its path from the folder of `.lab`: what reports and journals call it. */
  id: string
  /** What labs.yaml says of it. */
  entry: PageEntry | null
}

/**
 * The pages of labs.yaml, in its order, those of a glob by name.
 * @throws LabError (usage) for an entry that no file matches
 */
export async function pagesOfCatalogue(workplace: Workplace, catalogue: Catalogue): Promise<PageFile[]> {
  const found = await Promise.all(
    catalogue.pages.map(async entry => {
      const files = await glob(entry.page, { cwd: catalogue.folder, absolute: true, expandDirectories: false })
      if (files.length === 0)
        throw usageError(
          `\`pages\` of labs.yaml: no file is \`${entry.page}\``,
          'a glob begins at the folder of labs.yaml',
        )
      return files.sort().map(file => ({ file: resolve(file), entry }))
    }),
  )
  const first = new Map(
    found
      .flat()
      .reverse()
      .map(each => [each.file, each]),
  )
  const inOrder = [...new Set(found.flat().map(({ file }) => file))]
  return inOrder.flatMap(file => {
    const each = first.get(file)
    return each ? [{ ...each, id: idOf(workplace, file) }] : []
  })
}

/** A page that a command line names, from the working folder or, as a report names it, from the folder of `.lab`. */
export function namedPage(cwd: string, workplace: Workplace, arg: string, known: readonly PageFile[]): PageFile {
  const file = [resolve(cwd, arg), resolve(dirname(workplace.labFolder), arg)].find(each => existsSync(each))
  if (file === undefined) throw usageError(`there is no file \`${arg}\``)
  return known.find(each => each.file === file) ?? { file, id: idOf(workplace, file), entry: null }
}

const idOf = ({ labFolder }: Workplace, file: string): string => relative(dirname(labFolder), file).split(sep).join('/')

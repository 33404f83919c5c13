import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { type Catalogue, labFile, loadCatalogue } from '../../runner/definition/index.ts'
import { usageError } from '../../runner/lab-error.ts'
import { checkId } from '../select-labs.ts'

export interface LabsToCheck {
  catalogue: Catalogue
  ids: readonly string[]
}

/**
 * What an argument of `lab check` names: a lab's id, its lab.yaml, or a labs.yaml with all of its labs. A lab.yaml that no catalogue lists is
 * checked as if the labs.yaml beside its `labs/` did.
 */
export async function labsToCheck(cwd: string, arg: string, found: () => Promise<Catalogue>): Promise<LabsToCheck> {
  const file = resolve(cwd, arg)
  if (/\.ya?ml$/.test(arg) && !existsSync(file)) throw usageError(`there is no file \`${arg}\``)
  if (basename(file) === 'lab.yaml') {
    const id = basename(dirname(file))
    const catalogue = await found()
    if (catalogue.labs.includes(id) && labFile(catalogue, id) === file) return { catalogue, ids: [id] }
    const folder = dirname(dirname(dirname(file)))
    if (labFile({ folder }, id) !== file)
      throw usageError(`\`${arg}\` is not in a folder \`labs/ID\``, 'a lab is labs/ID/lab.yaml, beside a labs.yaml')
    const own = resolve(folder, 'labs.yaml')
    const base = existsSync(own) ? await loadCatalogue(own, arg) : catalogue
    return { catalogue: { ...base, folder, labs: [...new Set([...base.labs, id])] }, ids: [id] }
  }
  if (/\.ya?ml$/.test(arg)) {
    const catalogue = await loadCatalogue(file, arg)
    return { catalogue, ids: catalogue.labs }
  }
  const catalogue = await found()
  checkId(arg, catalogue)
  return { catalogue, ids: [arg] }
}

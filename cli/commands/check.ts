import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { type Catalogue, labFile, loadCatalogue, loadLabs } from '../../runner/definition/index.ts'
import { usageError } from '../../runner/lab-error.ts'
import { stepKinds } from '../../runner/steps/index.ts'
import type { Command } from '../command.ts'
import { checkId } from '../select-labs.ts'
import { counted } from '../show/count.ts'
import { paperOf, writeJson } from '../show/paper.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab check`: validate labs (ids, lab.yaml or labs.yaml files; none: the whole catalogue) without running them. */
export const check: Command = async (world, args, options) => {
  findWorkplace(world, options.config)
  const labs: string[] = []
  if (args.length === 0) {
    const catalogue = await catalogueOf(world, options.config)
    labs.push(...(await checked(catalogue, catalogue.labs)))
  }
  for (const arg of args) labs.push(...(await checkOne(world.cwd, arg, () => catalogueOf(world, options.config))))
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, labs: [...new Set(labs)] })
  else paperOf(world, options).line(`${counted(new Set(labs).size, 'lab')} without errors`)
  return 0
}

const checked = async (catalogue: Catalogue, ids: readonly string[]): Promise<string[]> =>
  (await loadLabs(catalogue, ids, stepKinds)).map(lab => lab.id)

async function checkOne(cwd: string, arg: string, found: () => Promise<Catalogue>): Promise<string[]> {
  const file = resolve(cwd, arg)
  if (/\.ya?ml$/.test(arg) && !existsSync(file)) throw usageError(`there is no file \`${arg}\``)
  if (basename(file) === 'lab.yaml') {
    const id = basename(dirname(file))
    const catalogue = await found()
    if (catalogue.labs.includes(id) && labFile(catalogue, id) === file) return checked(catalogue, [id])
    const folder = dirname(dirname(dirname(file)))
    if (labFile({ folder }, id) !== file)
      throw usageError(`\`${arg}\` is not in a folder \`labs/ID\``, 'a lab is labs/ID/lab.yaml, beside a labs.yaml')
    const own = resolve(folder, 'labs.yaml')
    const base = existsSync(own) ? await loadCatalogue(own, arg) : catalogue
    return checked({ ...base, folder, labs: [...new Set([...base.labs, id])] }, [id])
  }
  if (/\.ya?ml$/.test(arg)) {
    const catalogue = await loadCatalogue(file, arg)
    return checked(catalogue, catalogue.labs)
  }
  const catalogue = await found()
  checkId(arg, catalogue)
  return checked(catalogue, [arg])
}

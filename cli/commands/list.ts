import { join } from 'node:path'
import { skimCatalogue } from '../../runner/definition/skim-catalogue.ts'
import { checkedList } from '../checked-list.ts'
import type { Command } from '../command.ts'
import { showCatalogue } from '../show/catalogue.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab list`: the catalogue. What cannot be read at a glance is read and checked in full, with every error in its place. */
export const list: Command = async (world, _args, options) => {
  findWorkplace(world, options.config)
  const skimmed = skimCatalogue(world.cwd, options.config, join(world.packageFolder, 'labs.yaml'))
  showCatalogue(world, skimmed ?? (await checkedList(world, options.config)), options)
  return 0
}

import { join } from 'node:path'
import { findCatalogue } from '../../runner/index.ts'
import { repository } from '../runner/engine/harness.ts'

/** Folder of a catalogue with one lab that uses every step kind: those that no lab that ships uses are soaked as well. */
export const everyKind = join(import.meta.dirname, 'every-kind')

const { labs } = await findCatalogue(repository)

/** All labs that ship, and the one that uses every step kind; or those of SOAK_LABS=a,b. */
export const soakedLabs: readonly string[] = process.env.SOAK_LABS?.split(',') ?? [...labs, 'every-kind']

/** Folder of the catalogue that a lab is in. */
export const folderOf = (lab: string): string => (lab === 'every-kind' ? everyKind : repository)
